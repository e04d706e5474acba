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
