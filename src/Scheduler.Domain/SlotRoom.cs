using NodaTime;

namespace Scheduler.Domain;

/// <summary>The free and missing seats of one slot, as a refusal lists them.</summary>
/// <param name="Start">The slot's start.</param>
/// <param name="Free">Free seats in the slot; never below 0. The caller's own seats that this change may move count as free.</param>
/// <param name="Missing">How many more seats the wish needs in the slot; 0 where the wish fits.</param>
public readonly record struct SlotRoom(Instant Start, int Free, int Missing);
