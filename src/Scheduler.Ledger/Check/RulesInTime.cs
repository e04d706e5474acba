using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Every version of the policy, the seasons and the institutions, with the instant from which on it was valid.</summary>
internal sealed class RulesInTime
{
    /// <summary>A change may be decided just before the commit of a new version, so the rules of the last minute before the decision count too.</summary>
    public static readonly Duration JustBefore = Duration.FromMinutes(1);

    private readonly List<(Instant Since, Policy Value)> _policies = [];
    private readonly Dictionary<SeasonId, List<(Instant Since, Season Value)>> _seasons = [];
    private readonly Dictionary<InstitutionId, List<(Instant Since, Institution Value)>> _institutions = [];

    public void Put(EntryLine line)
    {
        if (line.Entry is PolicyEntry policy)
            _policies.Add((line.At, policy.Policy));
        else if (line.Entry is SeasonEntry season)
            VersionsOf(_seasons, season.Season.Id).Add((line.At, season.Season));
        else if (line.Entry is InstitutionEntry institution)
            VersionsOf(_institutions, institution.Institution.Id).Add((line.At, institution.Institution));
    }

    /// <summary>
    /// The broken lead time or horizon of a block that was booked or held; null when rules that were valid at or after <paramref name="since"/> allowed the
    /// block.
    /// </summary>
    public string? Shortage(InstitutionId id, Instant start, Instant decided, Instant since)
    {
        if (!_institutions.TryGetValue(id, out var settings))
            return $"nobody had set up {id}";
        string? shortage = null;
        foreach (var institution in ValidSince(settings, since))
        {
            var examDay = start.InZone(institution.Zone).Date;
            var given = Period.DaysBetween(decided.InZone(institution.Zone).Date, examDay);
            var policies = ValidSince(_policies, since).DefaultIfEmpty(Policy.Default).ToList();
            // A season that was made after <paramref name="since"/> is not checked.
            var ofSeasons = _seasons.Values.Where(versions => versions[0].Since <= since)
                .Select(versions => ValidSince(versions, since).Min(season => LeadTime(season, examDay)))
                .DefaultIfEmpty(0).Max();
            var needed = Math.Max(policies.Min(policy => policy.LeadTimeDays), ofSeasons);
            var horizon = policies.Max(policy => policy.HorizonDays);
            needed = Math.Min(needed, institution.ShortNoticeDays ?? needed);
            if (given >= needed && given <= horizon)
                return null;
            shortage = given < needed ? $"it left {given} days of {needed}" : $"it lies {given} days ahead of {horizon}";
        }

        return shortage;
    }

    /// <summary>The local dates of a block's start in the zones that the institution had at or after <paramref name="since"/>; empty for an institution that
    /// nobody had set up.</summary>
    public IEnumerable<LocalDate> ExamDays(InstitutionId id, Instant start, Instant since) => !_institutions.TryGetValue(id, out var settings)
        ? []
        : ValidSince(settings, since).Select(institution => start.InZone(institution.Zone).Date).Distinct();

    /// <summary>The lead time that a season asks for on an exam day. A retired season asks for none.</summary>
    private static int LeadTime(Season season, LocalDate examDay) =>
        season.Retired is null && season.From <= examDay && examDay <= season.To ? season.LeadTimeDays : 0;

    /// <summary>The version that was valid at an instant, and all later versions.</summary>
    private static IEnumerable<T> ValidSince<T>(List<(Instant Since, T Value)> versions, Instant since) =>
        versions.Skip(Math.Max(0, versions.FindLastIndex(version => version.Since <= since))).Select(version => version.Value);

    private static List<(Instant Since, T Value)> VersionsOf<TId, T>(Dictionary<TId, List<(Instant Since, T Value)>> all, TId id) where TId : notnull =>
        all.TryGetValue(id, out var versions) ? versions : all[id] = [];
}
