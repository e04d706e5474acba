using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A booking that a plan gives another start.</summary>
internal sealed record MoveView
{
    public required Guid Booking { get; init; }

    public required InstitutionId Institution { get; init; }

    public required PoolId Pool { get; init; }

    public required Instant From { get; init; }

    public required LocalDateTime LocalFrom { get; init; }

    public required Instant To { get; init; }

    public required LocalDateTime LocalTo { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required int Seats { get; init; }

    public static MoveView Of(PlannedMove move, DateTimeZone zone) => new()
    {
        Booking = move.Booking.Value,
        Institution = move.Institution,
        Pool = move.Pool,
        From = move.From,
        LocalFrom = LocalStart.Shown(zone, move.From),
        To = move.To,
        LocalTo = LocalStart.Shown(zone, move.To),
        Zone = zone,
        Seats = move.Seats,
    };
}
