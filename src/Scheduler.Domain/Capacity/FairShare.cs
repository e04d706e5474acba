using NodaTime;

namespace Scheduler.Domain;

/// <summary>R12: what one institution may have of a slot in a season.</summary>
public static class FairShare
{
    /// <summary>⌈share × capacity⌉ seats, in exact decimals.</summary>
    public static int SeatsAllowed(decimal share, int capacity) => (int)Math.Ceiling(share * capacity);

    /// <summary>
    /// The share that binds a block, or null: outside seasons, and in the last week of booking (days given ≤ days needed + lift), when what others left is free to all.
    /// The exam day decides for all slots of the block.
    /// </summary>
    public static decimal? Binding(LocalDate examDay, LocalDate today, SeasonCalendar calendar, Policy policy)
    {
        if (calendar.FairShare(examDay) is not { } share)
            return null;
        var given = LeadTime.Days(today, examDay);
        return given > calendar.DaysNeeded(examDay, policy) + policy.FairShareLiftDays ? share : null;
    }
}
