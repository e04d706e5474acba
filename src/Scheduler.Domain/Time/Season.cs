using NodaTime;

namespace Scheduler.Domain;

/// <summary>A range of local exam dates, both ends included, that the operator marks as peak.</summary>
/// <param name="Id">The id that the operator chose.</param>
/// <param name="Name">A name for people to read.</param>
/// <param name="From">First exam day.</param>
/// <param name="To">Last exam day, included.</param>
/// <param name="LeadTimeDays">The season's lead time in whole local days. The season's number can only lengthen the policy's lead time (R2).</param>
/// <param name="FairShare">Share of a slot's capacity that one institution may have, an exact decimal in (0, 1] (R12).</param>
/// <param name="CollectUntil">Until this instant the season's days take requests only (R16); null when booking is open.</param>
public sealed record Season(SeasonId Id, string Name, LocalDate From, LocalDate To, int LeadTimeDays, decimal FairShare, Instant? CollectUntil)
{
    /// <summary>The fair share of a season for which the operator names none.</summary>
    public const decimal DefaultFairShare = 0.25m;

    // No zone of the tz database is further behind UTC.
    private static readonly Offset _last = Offset.FromHours(-12);

    /// <summary>Whether the season's last day is over in every zone.</summary>
    public bool IsOver(Instant now) => To < now.WithOffset(_last).Date;

    /// <summary>When the operator retired the season; null while the season counts. A retired season counts in no rule.</summary>
    public Instant? Retired { get; init; }

    /// <summary>The hash of the seed by which the season's opening draws lots (R16); null for a season that never collected requests.</summary>
    public string? SeedHash { get; init; }

    /// <summary>Whether an exam day lies in the season.</summary>
    public bool Contains(LocalDate examDay) => From <= examDay && examDay <= To;
}
