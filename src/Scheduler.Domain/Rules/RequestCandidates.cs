using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// The candidates of a flexible request: the starts of all blocks that lie wholly in one of its windows and keep R1, R2, R5 and R8. Capacity is not checked,
/// because an hour that is closed today may be opened. A season that still collects requests does not exclude its days (R16).
/// </summary>
public static class RequestCandidates
{
    /// <summary>
    /// The starts, ascending, each once. Empty for a waitlist entry, and when the catalogue no longer offers the request's exam in its pool and mode. Empty for
    /// an institution that is not ready: see <see cref="Institution.Open"/>. The block has the length for the exam as the exam is now.
    /// </summary>
    public static ImmutableArray<Instant> Of(Request request, Institution institution, Catalogue catalogue, Instant now)
    {
        if (!request.IsFlexible || !institution.Open(request.Mode).IsEmpty)
            return [];
        if (BlocksOf(request, institution, catalogue) is not { } blocks)
            return [];
        var policy = catalogue.Policy.Value;
        var today = LeadTime.Day(now, institution.Zone);
        var starts = new SortedSet<Instant>();
        foreach (var window in request.Windows)
        {
            foreach (var start in blocks.Starts(window, today, today.PlusDays(policy.HorizonDays)))
            {
                var examDay = LeadTime.Day(start, institution.Zone);
                if (start > now && LeadTime.Days(today, examDay) >= LeadTime.DaysNeeded(examDay, catalogue.Calendar, policy))
                    starts.Add(start);
            }
        }

        return [.. starts];
    }

    /// <summary>
    /// The rule that took the last candidate of a request that has none. The exam is offered in the pool and mode, and the institution is ready.
    /// </summary>
    public static Refusal.NoCandidates WhyNone(Request request, DecisionBasis basis)
    {
        var (zone, calendar, policy) = (basis.Institution.Zone, basis.Catalogue.Calendar, basis.Catalogue.Policy.Value);
        var blocks = BlocksOf(request, basis.Institution, basis.Catalogue)!.Value;
        var minutes = blocks.Slots * SlotHour.LengthMinutes;
        var today = LeadTime.Day(basis.Now, zone);
        var latest = today.PlusDays(policy.HorizonDays);
        var windows = request.Windows.Where(window => window.LastDay is not null).ToList();
        IEnumerable<Instant> Starts(LocalDate from, LocalDate to) => windows.SelectMany(window => blocks.Starts(window, from, to));
        if (windows.Count == 0)
            return new(CandidateRule.NoDay, minutes);
        if (!Starts(LocalDate.MinIsoValue, LocalDate.MaxIsoValue).Any())
            return new(windows.Exists(window => window.ToMinute - window.FromMinute >= minutes) ? CandidateRule.NotOnSlot : CandidateRule.BlockLength, minutes);
        if (!Starts(today, LocalDate.MaxIsoValue).Any(start => start > basis.Now))
            return new(CandidateRule.Past, minutes);
        var near = Starts(today, latest).Where(start => start > basis.Now).ToList();
        if (near.Count == 0)
        {
            var first = LeadTime.Day(Starts(today, LocalDate.MaxIsoValue).First(start => start > basis.Now), zone);
            return new(CandidateRule.Horizon, minutes) { DaysGiven = LeadTime.Days(today, first), DaysNeeded = policy.HorizonDays, LatestDate = latest };
        }

        var last = LeadTime.Day(near.Max(), zone);
        return new(CandidateRule.LeadTime, minutes)
        {
            DaysGiven = LeadTime.Days(today, last),
            DaysNeeded = LeadTime.DaysNeeded(last, calendar, policy),
            EarliestDate = LeadTime.EarliestDate(today, calendar, policy),
            NextDate = LeadTime.NextDate(last, today, calendar, policy),
        };
    }

    /// <summary>The blocks of the request; null when the catalogue does not offer its exam in its pool and mode to the institution.</summary>
    private static WindowBlocks? BlocksOf(Request request, Institution institution, Catalogue catalogue)
    {
        if (!catalogue.Exams.TryGetValue(request.Exam, out var exam) || !catalogue.Pools.TryGetValue(request.Pool, out var pool))
            return null;
        if (Retirement.Refuse(exam.Value, pool.Value, institution) is not null)
            return null;
        if (!exam.Value.Pools.Contains(request.Pool) || !exam.Value.Modes.Contains(request.Mode))
            return null;
        var profile = BlockLength.Profile(ExamTerms.Of(exam.Value), request.Seats, request.Accommodations);
        return new(pool.Value.Grid, institution.Zone, profile.Slots);
    }
}
