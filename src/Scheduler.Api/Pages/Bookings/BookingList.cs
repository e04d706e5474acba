using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An institution's bookings, by day.</summary>
internal static class BookingList
{
    /// <summary>Days of the past that the list shows.</summary>
    public const int PastDays = 120;

    /// <summary>The days in the order in which they are shown, each with its bookings by start.</summary>
    public static async Task<ImmutableArray<IGrouping<LocalDate, Booking>>> Read(PageContext page, Institution school, BookingsTab tab)
    {
        var now = page.Now;
        var from = tab == BookingsTab.Coming ? now - Duration.FromHours(Limits.BlockSlots) : now - Duration.FromDays(PastDays);
        var filter = new Scheduler.Ledger.BookingFilter
        {
            From = from, Status = tab == BookingsTab.Cancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed, To = tab == BookingsTab.Past ? now : null,
        };
        var read = await WholeList.Read(
            cursor => page.Api.Ledger.Read.Bookings(school.Id, filter, cursor, Limits.PageSize, page.Http.RequestAborted));
        var shown = read.Where(booking => tab switch
        {
            BookingsTab.Coming => booking.Sitting.End > now,
            BookingsTab.Past => booking.Sitting.End <= now,
            _ => true,
        });
        var byStart = tab == BookingsTab.Coming
            ? shown.OrderBy(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value)
            : shown.OrderByDescending(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value);
        return [.. byStart.GroupBy(booking => LeadTime.Day(booking.Sitting.Start, school.Zone))];
    }
}
