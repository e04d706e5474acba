using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An exception that was set, or a range whose exceptions were removed.</summary>
internal sealed record ExceptionSetView
{
    public required PoolId Pool { get; init; }

    public required Instant From { get; init; }

    public required Instant To { get; init; }

    [Description("Null when exceptions were removed.")]
    public required int? Seats { get; init; }

    public required ImmutableArray<ShortfallView> Shortfall { get; init; }

    public static ExceptionSetView Of(ExceptionSnapshot set, Catalogue catalogue) => new()
    {
        Pool = set.Pool,
        From = set.From,
        To = set.To,
        Seats = set.Seats,
        Shortfall = ShortfallView.Of(set.Shortfalls, catalogue.ZoneOf(set.Pool)),
    };
}
