using System.ComponentModel;
using NodaTime;

namespace Scheduler.Api;

/// <summary>A slot, and whether it can be booked.</summary>
internal sealed record AvailabilitySlotView
{
    public required Instant Start { get; init; }

    public required int Capacity { get; init; }

    public required int Free { get; init; }

    public required bool Bookable { get; init; }

    [OneOf("past", "horizon", "lead_time", "collecting", "closed", "full")]
    [Description("The first reason that holds; null when the slot can be booked.")]
    public required string? Reason { get; init; }
}
