using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A slot's values after a change, all at one moment.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Taken">Seats booked and held, including the seats of lapsed holds that are not swept yet.</param>
public readonly record struct SlotSeats(SlotHour Slot, int Capacity, int Taken)
{
    private readonly ImmutableArray<HeldSeats> _holds;

    /// <summary>Rises with every change of the slot. Of two values, the value with the higher version is the later one.</summary>
    public int Version { get; init; }

    /// <summary>The holds still marked held, whose seats are part of <see cref="Taken"/>.</summary>
    public ImmutableArray<HeldSeats> Holds
    {
        get => _holds.IsDefault ? [] : _holds;
        init => _holds = value;
    }
}
