using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>A range of local exam dates, both ends included, that the operator marks as peak.</summary>
/// <param name="Id">The operator's id.</param>
/// <param name="Name">For people.</param>
/// <param name="From">First exam day.</param>
/// <param name="To">Last exam day, included.</param>
/// <param name="LeadTimeDays">Whole local days a booking must leave; it can only lengthen the policy's (R2).</param>
/// <param name="FairShare">Share of a slot's capacity that one institution may have, an exact decimal in (0, 1] (R12).</param>
/// <param name="CollectUntil">Until this instant its days take requests only (R16); null when booking is open.</param>
public sealed record Season(SeasonId Id, string Name, LocalDate From, LocalDate To, int LeadTimeDays, decimal FairShare, Instant? CollectUntil)
{
    /// <summary>The share when the operator names none.</summary>
    public const decimal DefaultFairShare = 0.25m;

    /// <summary>Whether an exam day lies in the season.</summary>
    public bool Contains(LocalDate examDay) => From <= examDay && examDay <= To;
}

/// <summary>All seasons, asked by exam day.</summary>
public sealed class SeasonCalendar(ImmutableArray<Season> seasons)
{
    /// <summary>No seasons.</summary>
    public static SeasonCalendar Empty { get; } = new([]);

    /// <summary>The seasons themselves.</summary>
    public ImmutableArray<Season> Seasons { get; } = seasons;

    /// <summary>Days that a booking for <paramref name="examDay"/> must leave: the policy's, or the longest of the seasons it lies in if that is longer (R2).</summary>
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

    /// <summary>The smallest fair share of the seasons that hold the exam day; null outside all of them (R12).</summary>
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

    /// <summary>The instant at which booking opens, when a season of this exam day still collects; null when it is open (R16).</summary>
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
