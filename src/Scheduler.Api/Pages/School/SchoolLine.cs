using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A school as a line of the page of schools.</summary>
internal sealed record SchoolLine
{
    /// <summary>How many weeks the strip has, the present week included.</summary>
    public const int StripWeeks = 12;

    public required Institution School { get; init; }

    /// <summary>Onboarding steps that are open.</summary>
    public required int OpenSteps { get; init; }

    /// <summary>The next sitting; null for none.</summary>
    public required Booking? Next { get; init; }

    /// <summary>Seats of the confirmed bookings that have not ended.</summary>
    public required long SeatsToCome { get; init; }

    /// <summary>Seats of the requests that wait.</summary>
    public required long SeatsWaiting { get; init; }

    /// <summary>Seats of confirmed bookings to come, by week from the Monday of the present week.</summary>
    public required ImmutableArray<int> Weeks { get; init; }

    /// <summary>How much of what the school asked for was served.</summary>
    public required ServedShare Served { get; init; }

    /// <summary>Vouchers of the packs that have not ended, and how many of them are taken.</summary>
    public required (long Taken, long Bought) Vouchers { get; init; }

    /// <summary>The pack that ends next with vouchers left; null for none.</summary>
    public required Pack? EndsNext { get; init; }

    /// <summary>Seats of the sittings with a report, and how many candidates sat.</summary>
    public required (long Attended, long Reported) Use { get; init; }

    /// <summary>The hour to come in which the school is nearest to its fair share; null when it has no seats in a season.</summary>
    public required FairShareUse? Share { get; init; }

    public static async Task<SchoolLine> Read(PageContext page, Institution school)
    {
        var (read, cancellation, now) = (page.Api.Ledger.Read, page.Http.RequestAborted, page.Now);
        var filter = new Scheduler.Ledger.BookingFilter { From = now - Duration.FromHours(Limits.BlockSlots), Status = BookingStatus.Confirmed };
        var bookings = (await WholeList.Read(cursor => read.Bookings(school.Id, filter, cursor, Limits.PageSize, cancellation)))
            .Where(booking => booking.Sitting.End > now).OrderBy(booking => booking.Sitting.Start).ToList();
        var queue = await WholeList.Read(cursor => read.Queue(school.Id, cursor, Limits.PageSize, cancellation));
        var today = LeadTime.Day(now, school.Zone);
        var packs = (await WholeList.Read(cursor => read.Packs(school.Id, now, cursor, Limits.PageSize, cancellation)))
            .Where(pack => !pack.IsVoid && pack.ExpiresOn >= today).ToList();
        var uses = await read.Use(new() { Institutions = [school.Id], Now = now }, cancellation);
        return new()
        {
            School = school,
            OpenSteps = OnboardingStep.Of(school, []).Count(step => !step.IsDone),
            Next = bookings.FirstOrDefault(),
            SeatsToCome = bookings.Sum(booking => (long)booking.Sitting.Seats),
            SeatsWaiting = queue.Where(request => request.Status == RequestStatus.Queued).Sum(request => (long)request.Seats),
            Weeks = WeeksOf(bookings, WeekBoard.MondayOf(today), school.Zone),
            Served = ServedShare.Of(queue, now),
            Vouchers = (packs.Sum(pack => (long)pack.Taken), packs.Sum(pack => (long)pack.Quantity)),
            EndsNext = packs.Where(pack => pack.Remaining > 0).MinBy(pack => pack.ExpiresOn),
            Use = (uses.Sum(use => (long)use.Attended), uses.Sum(use => (long)use.SeatsReported)),
            Share = FairShareUse.Greatest(bookings, school.Zone, page.Catalogue.Calendar, slot => page.Api.Ledger.Picture.Look(slot, now).Capacity),
        };
    }

    private static ImmutableArray<int> WeeksOf(List<Booking> bookings, LocalDate monday, DateTimeZone zone)
    {
        var weeks = new int[StripWeeks];
        foreach (var booking in bookings)
        {
            var week = LeadTime.Days(monday, LeadTime.Day(booking.Sitting.Start, zone)) / 7;
            if (week is >= 0 and < StripWeeks)
                weeks[week] += booking.Sitting.Seats;
        }

        return [.. weeks];
    }
}
