using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>A slot as the ledger stores it; all values are 0 for a slot without a row.</summary>
public sealed record SlotRow
{
    /// <summary>A slot without a row.</summary>
    public static SlotRow None { get; } = new();

    /// <summary>Seats offered.</summary>
    public int Capacity { get; init; }

    /// <summary>Seats of confirmed bookings.</summary>
    public int Booked { get; init; }

    /// <summary>Seats of holds still marked held, also holds that have lapsed in the meantime.</summary>
    public int Held { get; init; }

    /// <summary>Seats beyond the capacity, recorded when the capacity was lowered by force.</summary>
    public int Shortfall { get; init; }

    /// <summary>The holds that make up <see cref="Held"/>.</summary>
    public ImmutableArray<HeldSeats> Holds { get; init; } = [];

    /// <summary>Rises with every change of the row. Of two readings, the reading with the higher version is the later one.</summary>
    public int Version { get; init; }
}
