using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Candidates with extra time, in a body.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AccommodationBody
{
    [Range(1, Limits.Seats)]
    public required int Candidates { get; init; }

    [Range(1, Limits.ExtraTimePercent)]
    public required int ExtraTimePercent { get; init; }

    /// <summary>The groups as domain values; empty when the body leaves them out.</summary>
    public static ImmutableArray<Accommodation> ToDomain(AccommodationBody[]? groups) =>
        groups is null ? [] : ImmutableArray.CreateRange(groups.Select(group => new Accommodation(group.Candidates, group.ExtraTimePercent)));
}
