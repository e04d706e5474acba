using NodaTime;

namespace Scheduler.Domain;

/// <summary>R2: whole local days between today and the exam day, both in the institution's zone.</summary>
public static class LeadTime
{
    /// <summary>The local date of an instant in a zone.</summary>
    public static LocalDate Day(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;

    /// <summary>Days from today to the exam day of a block; 0 is today, a negative number is the past.</summary>
    public static int DaysGiven(Instant start, Instant now, DateTimeZone zone) => Days(Day(now, zone), Day(start, zone));

    /// <summary>Whole days from one local date to another.</summary>
    public static int Days(LocalDate from, LocalDate to) => Period.DaysBetween(from, to);

    /// <summary>
    /// The earliest exam day from <paramref name="today"/> on that leaves enough days. Each date is checked against the lead time of its own season. Null when
    /// no day within the horizon leaves enough.
    /// </summary>
    /// <param name="today">The institution's local date.</param>
    /// <param name="calendar">The seasons.</param>
    /// <param name="policy">Default lead time and horizon.</param>
    /// <param name="shortNoticeDays">Only for the waitlist of an institution that opted in to short notice (R9): this many days are enough in every
    /// season.</param>
    public static LocalDate? EarliestDate(LocalDate today, SeasonCalendar calendar, Policy policy, int? shortNoticeDays = null) =>
        NextDate(today, today, calendar, policy, shortNoticeDays);

    /// <summary>
    /// The first exam day from <paramref name="from"/> on that leaves enough days, each date by its own season; null when no such day lies within the horizon.
    /// In a season with a long lead time this day is later than <see cref="EarliestDate"/>, which may lie before the season.
    /// </summary>
    public static LocalDate? NextDate(LocalDate from, LocalDate today, SeasonCalendar calendar, Policy policy, int? shortNoticeDays = null)
    {
        for (var days = Math.Max(0, Days(today, from)); days <= policy.HorizonDays; days++)
        {
            var date = today.PlusDays(days);
            if (days >= DaysNeeded(date, calendar, policy, shortNoticeDays))
                return date;
        }

        return null;
    }

    /// <summary>The refusal of an exam day that leaves too few days; null when it leaves enough.</summary>
    public static Refusal.LeadTimeShort? Refuse(LocalDate examDay, LocalDate today, SeasonCalendar calendar, Policy policy, int? shortNoticeDays)
    {
        var (given, needed) = (Days(today, examDay), DaysNeeded(examDay, calendar, policy, shortNoticeDays));
        return given >= needed ? null : new(given, needed, EarliestDate(today, calendar, policy, shortNoticeDays))
        {
            NextDate = NextDate(examDay, today, calendar, policy, shortNoticeDays),
        };
    }

    /// <summary>The lead time for an exam day. With short notice: the smaller of the lead time and the short notice.</summary>
    public static int DaysNeeded(LocalDate examDay, SeasonCalendar calendar, Policy policy, int? shortNoticeDays = null)
    {
        var needed = calendar.DaysNeeded(examDay, policy);
        return shortNoticeDays is { } own ? Math.Min(needed, own) : needed;
    }
}
