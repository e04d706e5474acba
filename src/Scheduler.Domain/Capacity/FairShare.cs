using NodaTime;

namespace Scheduler.Domain;

/// <summary>R12: how many seats of a slot one institution may have in a season.</summary>
public static class FairShare
{
    /// <summary>⌈share × capacity⌉ seats, computed in exact decimals.</summary>
    public static int SeatsAllowed(decimal share, int capacity) => (int)Math.Ceiling(share * capacity);

    /// <summary>
    /// The fair share that applies to a block. Null outside seasons, and in the last days of booking (days given ≤ days needed +
    /// <see cref="Policy.FairShareLiftDays"/>), when every institution may book the seats that are left. The exam day decides for all slots of the block.
    /// </summary>
    public static decimal? Binding(LocalDate examDay, LocalDate today, SeasonCalendar calendar, Policy policy)
    {
        if (calendar.FairShare(examDay) is not { } share)
            return null;
        var given = LeadTime.Days(today, examDay);
        return given > calendar.DaysNeeded(examDay, policy) + policy.FairShareLiftDays ? share : null;
    }
}
