using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A block in which a request did not fit, at its tightest hour.</summary>
internal sealed record BlockedView
{
    public required PoolId Pool { get; init; }

    public required Instant Start { get; init; }

    public required LocalDateTime LocalStart { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required int SeatsMissing { get; init; }

    [OneOf("proctors", "lab")]
    [Description("The institution's limit that stood in the way; null for the seats of the pool.")]
    public required string? Limit { get; init; }

    public static BlockedView Of(PlanBlock block, DateTimeZone zone) => new()
    {
        Pool = block.Pool,
        Start = block.Start,
        LocalStart = Domain.LocalStart.Shown(zone, block.Start),
        Zone = zone,
        SeatsMissing = block.SeatsMissing,
        Limit = block.Limit switch
        {
            null => null,
            DeliveryMode.Lab => "lab",
            _ => "proctors",
        },
    };
}
