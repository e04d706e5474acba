using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a change of several ranges, or a raise of a pool's capacity, wrote, or what the pool has again after the raise was undone.</summary>
internal sealed record ExceptionsView
{
    public required PoolId Pool { get; init; }

    public required DateTimeZone Zone { get; init; }

    [Description("The exceptions that the pool has in the ranges of the change. Of an undo: all exceptions that the pool has again.")]
    public required ImmutableArray<ExceptionView> Exceptions { get; init; }

    [Description("The version of the pool's capacity after the change. A raise is undone with this version.")]
    public required int Version { get; init; }

    public required ImmutableArray<ShortfallView> Shortfall { get; init; }

    public static ExceptionsView Of(ExceptionsSnapshot set, Catalogue catalogue) => new()
    {
        Pool = set.Pool,
        Zone = catalogue.ZoneOf(set.Pool),
        Exceptions = [.. set.Exceptions.Select(ExceptionView.Of)],
        Version = set.Version,
        Shortfall = ShortfallView.Of(set.Shortfalls, catalogue.ZoneOf(set.Pool)),
    };
}
