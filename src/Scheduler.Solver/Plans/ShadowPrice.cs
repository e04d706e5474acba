using NodaTime;

namespace Scheduler.Solver;

/// <summary>The estimated value of one more seat in a slot: the multiplier of its capacity row.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="Price">Value per seat, above 0.</param>
public readonly record struct ShadowPrice(string Pool, Instant Start, double Price);
