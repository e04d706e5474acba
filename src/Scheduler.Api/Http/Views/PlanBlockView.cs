using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An hour in which seats were missing for a request.</summary>
internal sealed record PlanBlockView
{
    public required PoolId Pool { get; init; }

    public required Instant Start { get; init; }

    [Description("The start in the institution's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The institution's zone.")]
    public required DateTimeZone Zone { get; init; }

    public required int SeatsMissing { get; init; }

    [OneOf("proctors", "lab")]
    [Description("The institution's own limit that stood in the way; null for the seats of the pool.")]
    public required string? Limit { get; init; }

    public static PlanBlockView Of(PlanBlock block, DateTimeZone zone) => new()
    {
        Pool = block.Pool,
        Start = block.Start,
        LocalStart = Domain.LocalStart.Shown(zone, block.Start),
        Zone = zone,
        SeatsMissing = block.SeatsMissing,
        Limit = block.Limit switch { DeliveryMode.Lab => "lab", DeliveryMode.Online => "proctors", _ => null },
    };
}
