using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>A slot, and whether it can be booked.</summary>
internal sealed record AvailabilitySlotView
{
    public required Instant Start { get; init; }

    [Description("The start in the zone of this row.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The institution's zone. For an operator who names no institution: the pool's zone.")]
    public required DateTimeZone Zone { get; init; }

    public required int Capacity { get; init; }

    public required int Free { get; init; }

    public required bool Bookable { get; init; }

    [OneOf("past", "horizon", "lead_time", "collecting", "closed", "full")]
    [Description("The first reason that holds; null when the slot can be booked.")]
    public required string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only in the answer to a need: whether a booking of the need, posted now for this start, would be made.")]
    public bool? Fits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only in the answer to a need: the code of the refusal that the booking would get; null when the need fits.")]
    public string? WhyNot { get; init; }
}
