using NodaTime;

namespace Scheduler.Domain;

/// <summary>When an institution is told that a pack ends: about a month ahead, and about a week ahead, each once (R7).</summary>
public static class PackEnding
{
    // A notice is given on the first day of its week on which the clock runs, so the weeks do not overlap, and a key of seven days makes the notice once.
    private const int NoticeDays = Limits.IdempotencyKeyDays;

    /// <summary>Days before the last day of a pack from which on the institution is told, the earlier notice first.</summary>
    public static IReadOnlyList<int> DaysAhead { get; } = [30, 7];

    /// <summary>The notice that is due today: one of <see cref="DaysAhead"/>; null when none is due, or when no voucher is left.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="today">The institution's local day.</param>
    public static int? Due(Pack pack, LocalDate today)
    {
        if (pack.Remaining <= 0)
            return null;
        var left = Period.DaysBetween(today, pack.ExpiresOn);
        foreach (var days in DaysAhead)
        {
            if (left <= days && left > days - NoticeDays)
                return days;
        }

        return null;
    }
}
