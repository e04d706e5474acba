using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A slot's row.</summary>
internal sealed record SlotLine
{
    public required SlotHour Slot { get; init; }

    public required int Capacity { get; init; }

    public required int Booked { get; init; }

    public required int Held { get; init; }

    public required int Shortfall { get; init; }
}
