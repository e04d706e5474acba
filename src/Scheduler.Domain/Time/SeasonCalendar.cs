using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>All seasons, looked up by exam day.</summary>
public sealed class SeasonCalendar(ImmutableArray<Season> seasons)
{
    /// <summary>No seasons.</summary>
    public static SeasonCalendar Empty { get; } = new([]);

    /// <summary>The seasons themselves.</summary>
    public ImmutableArray<Season> Seasons { get; } = seasons;

    /// <summary>
    /// The lead time for <paramref name="examDay"/>, in whole local days: the longest of the policy's lead time and those of the seasons that contain the day
    /// (R2).
    /// </summary>
    public int DaysNeeded(LocalDate examDay, Policy policy)
    {
        var needed = policy.LeadTimeDays;
        foreach (var season in Seasons)
        {
            if (season.Contains(examDay))
                needed = Math.Max(needed, season.LeadTimeDays);
        }

        return needed;
    }

    /// <summary>The smallest fair share of the seasons that contain the exam day; null when no season contains the day (R12).</summary>
    public decimal? FairShare(LocalDate examDay)
    {
        decimal? share = null;
        foreach (var season in Seasons)
        {
            if (season.Contains(examDay) && (share is null || season.FairShare < share))
                share = season.FairShare;
        }

        return share;
    }

    /// <summary>
    /// The instant at which booking opens, when a season of this exam day still collects requests (the latest when several do); null when booking is open
    /// (R16).
    /// </summary>
    public Instant? OpensAt(LocalDate examDay, Instant now)
    {
        Instant? opens = null;
        foreach (var season in Seasons)
        {
            if (season.CollectUntil is { } until && until > now && season.Contains(examDay) && (opens is null || until > opens))
                opens = until;
        }

        return opens;
    }
}
