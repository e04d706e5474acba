using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Scheduler.Domain;

/// <summary>
/// The policy's plan of every night. The plan of a night has the night's own scope, whenever the clock comes to make the plan: so a late clock makes the same
/// plan as a punctual one.
/// </summary>
public sealed record NightlyPlan
{
    /// <summary>The days of the scope, when the policy names none.</summary>
    public const int DefaultDays = 42;

    /// <summary>The time limit of the solver, in seconds, when the policy names none.</summary>
    public const int DefaultSeconds = 30;

    /// <summary>The local time, in <see cref="Zone"/>, at which the plan is due.</summary>
    public required LocalTime At { get; init; }

    /// <summary>The zone of <see cref="At"/>, and of the dates of the nights.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The pools of the plan; empty for all pools. A retired pool is left out.</summary>
    public ImmutableArray<PoolId> Pools { get; init; } = [];

    /// <summary>The days of the scope: candidates that start less than so many days of 24 hours after the night's instant.</summary>
    public int Days { get; init; } = DefaultDays;

    /// <summary>Seconds that the solver may take.</summary>
    public int TimeLimitSeconds { get; init; } = DefaultSeconds;

    /// <summary>Whether bookings that a plan placed may move within the windows of their requests.</summary>
    public bool MovesBookings { get; init; }

    /// <summary>Whether the clock also applies the plan. Otherwise an operator reads the plan and applies it.</summary>
    public bool IsApplied { get; init; }

    /// <summary>
    /// The night that is due now: the last one whose instant is not after <paramref name="now"/>. On the day on which the clocks skip the hour the instant is
    /// as much later as the clocks jump; an hour that comes twice counts the first time.
    /// </summary>
    public Night Due(Instant now)
    {
        // A clock that goes back across midnight shows yesterday's date again after tonight's instant, so the search begins a day later.
        var date = now.InZone(Zone).Date.PlusDays(1);
        while (Of(date).At > now)
            date = date.PlusDays(-1);
        return Of(date);
    }

    /// <summary>The first night whose instant is after <paramref name="now"/>.</summary>
    public Night Next(Instant now)
    {
        var date = Due(now).Date.PlusDays(1);
        while (Of(date).At <= now)
            date = date.PlusDays(1);
        return Of(date);
    }

    /// <summary>Whether the plan of this night can still be made: the night is at most <see cref="Limits.NightlyPlanHours"/> ago.</summary>
    public static bool IsOpen(Night night, Instant now) => now < night.At + Duration.FromHours(Limits.NightlyPlanHours);

    /// <summary>What the plan of a night decides; null when the catalogue offers none of the pools.</summary>
    public PlanScope? Scope(Night night, Catalogue catalogue)
    {
        var offered = catalogue.Pools.Values.Where(pool => Retirement.Of(pool.Value) is null).Select(pool => pool.Value.Id);
        ImmutableArray<PoolId> pools =
        [
            .. offered.Where(pool => Pools.IsDefaultOrEmpty || Pools.Contains(pool)).OrderBy(pool => pool.Text, StringComparer.Ordinal),
        ];
        return pools.IsEmpty ? null : new(pools, night.At, night.At + Duration.FromDays(Days), TimeLimitSeconds, MovesBookings);
    }

    private Night Of(LocalDate date) => new(date, Zone.ResolveLocal(date + At, Resolvers.LenientResolver).ToInstant());
}
