namespace Scheduler.Ledger;

/// <summary>An institution's counters, and the number of rows and the last entry of its trail.</summary>
internal sealed record CounterLine
{
    public required string Id { get; init; }

    public required int Online { get; init; }

    public required int Overseen { get; init; }

    public required long Entries { get; init; }

    public required long TrailRows { get; init; }

    public required long LastEntry { get; init; }
}
