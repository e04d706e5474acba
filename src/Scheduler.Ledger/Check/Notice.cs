using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R2: the days that every booking left when it was given its block, against the policy, seasons and institution that stood then. Overrides are excepted, and what the waitlist gave
/// may rest on short notice.
/// </summary>
internal static class Notice
{
    /// <summary>A decision may have been made just before another policy came: what stood a moment ago counts too.</summary>
    private static readonly Duration _justBefore = Duration.FromMinutes(1);

    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var overridden = rows.Bookings.Where(booking => booking.Sitting.OverrideReason is not null).Select(booking => booking.Id.ToString())
            .Concat(rows.Holds.Where(hold => hold.Sitting.OverrideReason is not null).Select(hold => hold.Id.ToString())).ToHashSet();
        var stood = new Standing();
        var next = 0;
        foreach (var placed in rows.Placed)
        {
            for (; next < rows.History.Count && rows.History[next].Position < placed.Position; next++)
                stood.Put(rows.History[next]);
            if (placed.After is not { } after || overridden.Contains(placed.Subject) || Block.Of(after) is not { HasOverride: false } block)
                continue;
            if (stood.Shortage(block, RowText.Instant(placed.At), _justBefore) is { } shortage)
                yield return new("R2", placed.Subject, $"{placed.Kind} at {RowText.Instant(placed.At)}: {shortage}");
        }
    }

    /// <summary>The block that an answer shows.</summary>
    private sealed record Block(InstitutionId Institution, Instant Start, bool HasOverride)
    {
        public static Block? Of(string after)
        {
            using var json = JsonDocument.Parse(after);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("institution", out var institution) || !root.TryGetProperty("start", out var start)
                || !InstitutionId.TryParse(institution.GetString(), out var id) || !OffsetDateTimePattern.ExtendedIso.Parse(start.GetString()!).TryGetValue(default, out var at))
                return null;
            return new(id, at.ToInstant(), root.TryGetProperty("overrideReason", out var reason) && reason.ValueKind == JsonValueKind.String);
        }
    }

    /// <summary>Policy, seasons and institutions as they stood, carried along the history.</summary>
    private sealed class Standing
    {
        private readonly List<(Instant Since, PolicyEntry Value)> _policies = [];
        private readonly Dictionary<SeasonId, List<(Instant Since, SeasonEntry Value)>> _seasons = [];
        private readonly Dictionary<InstitutionId, List<(Instant Since, InstitutionEntry Value)>> _institutions = [];

        public void Put(EntryLine line)
        {
            var at = RowText.Instant(line.At);
            if (line.Entry is PolicyEntry policy)
                _policies.Add((at, policy));
            else if (line.Entry is SeasonEntry season)
                (_seasons.TryGetValue(season.Season.Id, out var known) ? known : _seasons[season.Season.Id] = []).Add((at, season));
            else if (line.Entry is InstitutionEntry institution)
                (_institutions.TryGetValue(institution.Institution.Id, out var known) ? known : _institutions[institution.Institution.Id] = []).Add((at, institution));
        }

        public string? Shortage(Block block, Instant decided, Duration justBefore)
        {
            if (!_institutions.TryGetValue(block.Institution, out var settings))
                return $"nobody had set up {block.Institution}";
            var since = decided - justBefore;
            string? shortage = null;
            foreach (var (_, entry) in Lately(settings, since))
            {
                var zone = entry.Institution.Zone;
                var examDay = block.Start.InZone(zone).Date;
                var given = Period.DaysBetween(decided.InZone(zone).Date, examDay);
                var policies = Lately(_policies, since).Select(one => one.Value.Policy).DefaultIfEmpty(Policy.Default).ToList();
                // A season that did not stand a moment ago asks nothing yet.
                var seasons = _seasons.Values.Where(versions => versions[0].Since <= since).Select(versions => Lately(versions, since).Select(one => one.Value.Season).ToList()).ToList();
                var ofSeasons = seasons.Select(versions => versions.Min(season => season.From <= examDay && examDay <= season.To ? season.LeadTimeDays : 0)).DefaultIfEmpty(0).Max();
                var needed = Math.Max(policies.Min(policy => policy.LeadTimeDays), ofSeasons);
                var horizon = policies.Max(policy => policy.HorizonDays);
                needed = Math.Min(needed, entry.Institution.ShortNoticeDays ?? needed);
                if (given >= needed && given <= horizon)
                    return null;
                shortage = given < needed ? $"it left {given} days of {needed}" : $"it lies {given} days ahead of {horizon}";
            }

            return shortage;
        }

        /// <summary>The version that stood last, and those that stood since a moment ago.</summary>
        private static IEnumerable<(Instant Since, T Value)> Lately<T>(List<(Instant Since, T Value)> versions, Instant since) =>
            versions.Skip(Math.Max(0, versions.FindLastIndex(version => version.Since <= since)));
    }
}

/// <summary>The counters that order what was recorded of each institution.</summary>
internal static class Trails
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var online = rows.Bookings.Where(booking => booking is { Status: BookingStatus.Confirmed, Sitting.Mode: DeliveryMode.Online })
            .GroupBy(booking => booking.Sitting.Institution.Text).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in rows.Institutions)
        {
            if (line.Entries != line.TrailRows || line.Entries != line.LastEntry)
                yield return new("R15", line.Id, $"{line.Entries} entries are counted, {line.TrailRows} are there, the last is number {line.LastEntry}");
            if (line.Online != online.GetValueOrDefault(line.Id))
                yield return new("R8", line.Id, $"{line.Online} online bookings are counted, {online.GetValueOrDefault(line.Id)} are there");
        }
    }
}
