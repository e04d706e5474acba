using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Fills in the rows of a series: every week from a start, or the sittings of the last term again.</summary>
internal static class SeriesFill
{
    private const int LastTermDays = 180;

    /// <summary>One row a week, at the same local time.</summary>
    public static string Weekly(Instant start, DateTimeZone zone, int times) => string.Join(
        '\n', Enumerable.Range(0, Math.Clamp(times, 1, Limits.SeriesRows)).Select(k => SeriesRow.Write(start.InZone(zone).LocalDateTime.PlusWeeks(k))));

    /// <summary>
    /// The exam's sittings of the last half year in the pool, moved by whole weeks, so that the first can be booked and every weekday stays. A row has all that
    /// its sitting had: seats, reference, extra time and mode.
    /// </summary>
    public static async Task<string> LastTerm(PageContext page, Institution school, Need need, PoolId pool, LocalDate earliest)
    {
        var filter = new Scheduler.Ledger.BookingFilter { From = page.Now - Duration.FromDays(LastTermDays), To = page.Now, Status = BookingStatus.Confirmed };
        var all = await WholeList.Read(cursor => page.Api.Ledger.Read.Bookings(school.Id, filter, cursor, Limits.PageSize, page.Http.RequestAborted));
        var past = all.Select(booking => booking.Sitting).Where(sitting => sitting.Exam == need.Exam?.Id && sitting.Pool == pool)
            .OrderBy(sitting => sitting.Start).ToList();
        if (past.Count == 0)
            return "";
        var first = LeadTime.Day(past[0].Start, school.Zone);
        var weeks = (LeadTime.Days(first, earliest) + 6) / 7;
        return string.Join(
            '\n', past.Select(sitting => SeriesRow.Write(sitting.Start.InZone(school.Zone).LocalDateTime.PlusWeeks(weeks), sitting, need)));
    }
}
