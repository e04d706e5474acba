using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>
/// The moments at which people act in the invented past: on school days, at a few hours within North American office hours. So many people act at the same
/// moment, and their commits share transactions. At these hours all zones of the demonstration have the same date as UTC.
/// </summary>
internal sealed class DemoMoments(DemoDates dates, Instant now)
{
    private static readonly int[] _hours = [14, 17, 20];
    private static readonly Duration _margin = Duration.FromMinutes(5);

    /// <summary>
    /// A moment on this day, or else on the last school day before it with a moment in the past; null when there is none in the invented past.
    /// </summary>
    public Instant? OnOrBefore(LocalDate day, DemoDice dice)
    {
        var hour = dice.Pick(_hours);
        for (day = LocalDate.Min(day, dates.Today); day >= dates.FirstBookingDay; day = day.PlusDays(-1))
        {
            if (DemoDates.IsSchoolDay(day) && At(day, hour) is var at && at + _margin < now)
                return at;
        }

        return null;
    }

    /// <summary>A moment on this day, or on the next school day when this day is not one; null when the moment is not in the past.</summary>
    public Instant? OnOrAfter(LocalDate day, DemoDice dice)
    {
        var hour = dice.Pick(_hours);
        day = LocalDate.Max(day, dates.FirstBookingDay);
        while (!DemoDates.IsSchoolDay(day))
            day = day.PlusDays(1);
        var at = At(day, hour);
        return at + _margin < now ? at : null;
    }

    /// <summary>The lead time in days for this exam day (R2), with the demonstration's seasons.</summary>
    public int DaysNeeded(LocalDate examDay)
    {
        var needed = Policy.Default.LeadTimeDays;
        foreach (var season in DemoFleet.Seasons(dates))
        {
            if (season.Contains(examDay))
                needed = Math.Max(needed, season.LeadTimeDays);
        }

        return needed;
    }

    private static Instant At(LocalDate day, int hour) => day.At(new LocalTime(hour, 0)).InUtc().ToInstant();
}
