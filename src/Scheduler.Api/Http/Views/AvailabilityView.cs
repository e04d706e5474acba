using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A pool's slots, and what is free in each.</summary>
/// <remarks>This record gives the schema. <see cref="AvailabilityText"/> writes the answer.</remarks>
internal sealed record AvailabilityView
{
    public required PoolId Pool { get; init; }

    [Description("The pool's zone. Each slot names the zone of its local start.")]
    public required DateTimeZone Zone { get; init; }

    public required IReadOnlyList<AvailabilitySlotView> Slots { get; init; }
}
