namespace Scheduler.Solver;

/// <summary>Interchangeable machines. In a slot that is not listed the capacity is 0.</summary>
/// <param name="Id">Unique among pools.</param>
/// <param name="Slots">Starts differ by whole multiples of the slot's length.</param>
public sealed record Pool(string Id, IReadOnlyList<PoolSlot> Slots);
