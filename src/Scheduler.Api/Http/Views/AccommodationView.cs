using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Candidates with extra time, as shown.</summary>
internal sealed record AccommodationView
{
    public required int Candidates { get; init; }

    public required int ExtraTimePercent { get; init; }

    public static ImmutableArray<AccommodationView> Of(ImmutableArray<Accommodation> groups) =>
        groups.IsEmpty ? [] : ImmutableArray.CreateRange(groups, Of);

    private static AccommodationView Of(Accommodation group) => new() { Candidates = group.Candidates, ExtraTimePercent = group.ExtraTimePercent };
}
