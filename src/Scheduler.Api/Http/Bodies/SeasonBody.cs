using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a season.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeasonBody : ICheckedBody, IEntryBody
{
    /// <summary>R2: whole local days of notice in a season when the body has no leadTimeDays.</summary>
    public const int DefaultLeadTimeDays = 21;

    [IdOfPath]
    [Description("The same id as in the path. May be left out.")]
    public string? Id { get; init; }

    [Line]
    public required string Name { get; init; }

    public required LocalDate From { get; init; }

    [Description("Included.")]
    public required LocalDate To { get; init; }

    [Range(0, Limits.PolicyDays)]
    [DefaultValue(DefaultLeadTimeDays)]
    public int? LeadTimeDays { get; init; }

    [Share]
    public decimal? FairShare { get; init; }

    [NullAsLeftOut]
    public Instant? CollectUntil { get; init; }

    [Ignored(isInstant: false)]
    [Description("The hash that a GET shows. The server ignores this field: it draws the seed itself.")]
    public JsonElement? SeedHash { get; init; }

    [Ignored]
    [Description("The instant that a GET shows. The server ignores this field: DELETE retires, and PUT brings back.")]
    public JsonElement? Retired { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why, for the record. A GET does not show the reason; the audit does.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults) => FieldRange.Check(From, To, faults);

    /// <summary>Adds a fault for each value with which nobody could ever book in the season. A season that is over may still be renamed.</summary>
    public void CheckPossible(SeasonId id, Catalogue catalogue, Instant now, FieldFaults faults)
    {
        var season = ToSeason(id);
        if (season.IsOver(now))
        {
            if (catalogue.Seasons.GetValueOrDefault(id)?.Value.To != To)
                faults.Add("to", "must not be in the past: nobody can book days that are over");
            return;
        }

        var horizon = catalogue.Policy.Value.HorizonDays;
        if (season.LeadTimeDays > horizon)
        {
            faults.Add(
                "leadTimeDays", $"must be at most {horizon}, the policy's horizonDays, or nobody could book ({DefaultLeadTimeDays} when left out)");
        }

        if (CollectUntil is { } opens && season.IsOver(opens))
            faults.Add("collectUntil", "must be before the season's last day ends, or booking would never open");
    }

    public Season ToSeason(SeasonId id) => new(id, Name, From, To, LeadTimeDays ?? DefaultLeadTimeDays, FairShare ?? Season.DefaultFairShare, CollectUntil);
}
