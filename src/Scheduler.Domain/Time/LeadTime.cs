using NodaTime;

namespace Scheduler.Domain;

/// <summary>R2: whole local days between today and the exam day, both in the institution's zone.</summary>
public static class LeadTime
{
    /// <summary>The local date of an instant in a zone.</summary>
    public static LocalDate Day(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;

    /// <summary>Days from today to the exam day of a block; 0 is today, negative the past.</summary>
    public static int DaysGiven(Instant start, Instant now, DateTimeZone zone) => Days(Day(now, zone), Day(start, zone));

    /// <summary>Whole days from one local date to another.</summary>
    public static int Days(LocalDate from, LocalDate to) => Period.DaysBetween(from, to);

    /// <summary>
    /// The earliest exam day from <paramref name="today"/> on that leaves enough days, each date judged by its own season; null when the horizon ends first.
    /// </summary>
    /// <param name="today">The institution's local date.</param>
    /// <param name="calendar">The seasons.</param>
    /// <param name="policy">Default lead time and horizon.</param>
    /// <param name="shortNoticeDays">For the waitlist of an institution that opted in (R9): days that are enough for it, whatever the season says.</param>
    public static LocalDate? EarliestDate(LocalDate today, SeasonCalendar calendar, Policy policy, int? shortNoticeDays = null)
    {
        for (var days = 0; days <= policy.HorizonDays; days++)
        {
            var date = today.PlusDays(days);
            if (days >= DaysNeeded(date, calendar, policy, shortNoticeDays))
                return date;
        }

        return null;
    }

    /// <summary>Days needed for an exam day; with short notice the smaller of the two.</summary>
    public static int DaysNeeded(LocalDate examDay, SeasonCalendar calendar, Policy policy, int? shortNoticeDays = null)
    {
        var needed = calendar.DaysNeeded(examDay, policy);
        return shortNoticeDays is { } own ? Math.Min(needed, own) : needed;
    }
}
