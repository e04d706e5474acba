namespace Scheduler.Ledger;

/// <summary>A slot's row, read under lock. The default is a slot without a row.</summary>
internal readonly record struct LockedSlot
{
    public int Capacity { get; init; }

    public int Booked { get; init; }

    public int Held { get; init; }

    public int Shortfall { get; init; }

    public int Version { get; init; }

    public int Taken => Booked + Held;
}
