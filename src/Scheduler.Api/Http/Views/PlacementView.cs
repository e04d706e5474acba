using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A request, or a part of one, that a plan gives a start.</summary>
internal sealed record PlacementView
{
    public required Guid Request { get; init; }

    public required InstitutionId Institution { get; init; }

    public required PoolId Pool { get; init; }

    public required Instant Start { get; init; }

    public required LocalDateTime LocalStart { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required int Seats { get; init; }

    public static PlacementView Of(PlannedPlacement placement, DateTimeZone zone) => new()
    {
        Request = placement.Request.Value,
        Institution = placement.Institution,
        Pool = placement.Pool,
        Start = placement.Start,
        LocalStart = Domain.LocalStart.Shown(zone, placement.Start),
        Zone = zone,
        Seats = placement.Seats,
    };
}
