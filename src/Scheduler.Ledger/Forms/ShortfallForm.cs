namespace Scheduler.Ledger;

/// <summary>A slot's start in minutes since 1970 UTC, and the seats beyond its capacity.</summary>
internal sealed record ShortfallForm
{
    public required int Minutes { get; init; }

    public required int Seats { get; init; }
}
