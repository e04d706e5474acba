using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>R3: the slots with more seats taken than a new capacity. A commit and a dry run decide by the same rule.</summary>
public static class Shortfalls
{
    /// <summary>
    /// Slots whose capacity is lowered below the seats taken. Raising a capacity is never refused, even when the new capacity is still below the seats taken.
    /// </summary>
    /// <param name="wanted">The new capacities.</param>
    /// <param name="seen">The present capacity, and the seats booked and held, of the slot that starts at these minutes.</param>
    public static ImmutableArray<Shortfall> Below(ImmutableArray<SlotCapacity> wanted, Func<int, (int Capacity, int Taken)> seen) =>
    [
        .. from slot in wanted
           let now = seen(slot.Minutes)
           where slot.Capacity < now.Capacity && slot.Capacity < now.Taken
           select new Shortfall(slot.Minutes, now.Taken - slot.Capacity),
    ];

    /// <summary>Slots with more seats taken than the new capacity, after a change that is forced or that lowers nothing below the seats taken.</summary>
    public static ImmutableArray<Shortfall> After(ImmutableArray<SlotCapacity> wanted, Func<int, (int Capacity, int Taken)> seen) =>
        [.. wanted.Select(slot => new Shortfall(slot.Minutes, seen(slot.Minutes).Taken - slot.Capacity)).Where(slot => slot.Seats > 0)];
}
