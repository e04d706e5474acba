using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A season.</summary>
internal sealed record SeasonView
{
    public required SeasonId Id { get; init; }

    public required string Name { get; init; }

    public required LocalDate From { get; init; }

    [Description("Included.")]
    public required LocalDate To { get; init; }

    public required int LeadTimeDays { get; init; }

    [Share]
    public required decimal FairShare { get; init; }

    public required Instant? CollectUntil { get; init; }

    [Description("SHA-256 of the seed of the lots (R16), which the server draws when collectUntil is set; null for a season that collects no requests.")]
    public required string? SeedHash { get; init; }

    [Description("When the operator retired it; null while it is offered.")]
    public required Instant? Retired { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static SeasonView Of(Season season, int version) => new()
    {
        Id = season.Id,
        Name = season.Name,
        From = season.From,
        To = season.To,
        LeadTimeDays = season.LeadTimeDays,
        FairShare = season.FairShare,
        CollectUntil = season.CollectUntil,
        SeedHash = season.CollectUntil is null ? null : season.SeedHash,
        Retired = season.Retired,
        Version = version,
    };
}
