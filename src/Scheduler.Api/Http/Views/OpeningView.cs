using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The opening of a season: the hash of the seed, and after the plan the seed and the lots.</summary>
internal sealed record OpeningView
{
    public required SeasonId Season { get; init; }

    [Description("Until this instant the season takes requests only; null for a season that collects none.")]
    public required Instant? CollectUntil { get; init; }

    [Description("SHA-256 of the seed, in lower-case hex; null for a season that never collected requests.")]
    public required string? SeedHash { get; init; }

    [Description("The seed, 64 hex digits; null until the opening's plan is applied.")]
    public required string? Seed { get; init; }

    [Description("The opening's plan; null until it is applied.")]
    public required Guid? Plan { get; init; }

    [Description("The requests of the plan in the order of their lots; empty until the plan is applied.")]
    public required ImmutableArray<LotView> Lots { get; init; }

    public static OpeningView Of(Season season, OpeningOutcome? outcome) => new()
    {
        Season = season.Id,
        CollectUntil = season.CollectUntil,
        SeedHash = season.CollectUntil is null && outcome is null ? null : season.SeedHash,
        Seed = outcome?.Seed,
        Plan = outcome?.Plan.Value,
        Lots = outcome is null
            ? []
            : [.. outcome.Order.Select((request, i) => new LotView { Place = i + 1, Request = request.Value, Lot = OpeningSeed.Lot(outcome.Seed, request) })],
    };
}
