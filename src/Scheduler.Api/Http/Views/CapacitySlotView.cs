using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>A slot of a pool. Only operators see the seats taken and the shortfall. Other callers see the same as in availability.</summary>
internal sealed record CapacitySlotView
{
    public required Instant Start { get; init; }

    [Description("The start in the pool's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The pool's zone.")]
    public required DateTimeZone Zone { get; init; }

    public required int Capacity { get; init; }

    public required int Free { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Seats booked and held. Only operators see this number.")]
    public int? Taken { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Seats booked and held beyond the capacity. Only operators see this number.")]
    public int? Shortfall { get; init; }
}
