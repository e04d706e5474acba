using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>What one slot is worth.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">Its start.</param>
/// <param name="Capacity">Its present capacity.</param>
/// <param name="ShadowPrice">The estimated value of one more seat.</param>
/// <param name="Add">Seats to add so that everybody is served whom machines can help.</param>
public readonly record struct AdvisedSlot(PoolId Pool, Instant Start, int Capacity, double ShadowPrice, int Add);
