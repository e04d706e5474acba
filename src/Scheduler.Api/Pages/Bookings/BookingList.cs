using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An institution's bookings, by day.</summary>
internal static class BookingList
{
    /// <summary>Days of the past that the list shows.</summary>
    public const int PastDays = 120;

    /// <summary>The days in the order in which they are shown, each with its bookings by start. The calendar shows a month, given by its first day.</summary>
    public static async Task<ImmutableArray<IGrouping<LocalDate, Booking>>> Read(PageContext page, Institution school, BookingsTab tab, LocalDate month)
    {
        var now = page.Now;
        var (from, to) = tab switch
        {
            BookingsTab.Calendar => (month.AtStartOfDayInZone(school.Zone).ToInstant(), month.PlusMonths(1).AtStartOfDayInZone(school.Zone).ToInstant()),
            BookingsTab.Coming => (now - Duration.FromHours(Limits.BlockSlots), (Instant?)null),
            BookingsTab.Past => (now - Duration.FromDays(PastDays), now),
            _ => (now - Duration.FromDays(PastDays), null),
        };
        var filter = new Scheduler.Ledger.BookingFilter
        {
            From = from, Status = tab == BookingsTab.Cancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed, To = to,
        };
        var read = await WholeList.Read(
            cursor => page.Api.Ledger.Read.Bookings(school.Id, filter, cursor, Limits.PageSize, page.Http.RequestAborted));
        var shown = read.Where(booking => tab switch
        {
            BookingsTab.Coming => booking.Sitting.End > now,
            BookingsTab.Past => booking.Sitting.End <= now,
            _ => true,
        });
        var byStart = tab is BookingsTab.Coming or BookingsTab.Calendar
            ? shown.OrderBy(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value)
            : shown.OrderByDescending(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value);
        return [.. byStart.GroupBy(booking => LeadTime.Day(booking.Sitting.Start, school.Zone))];
    }
}
