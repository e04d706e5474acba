using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Reads what grids show: free seats from the picture in memory, and the answers of the institution's grain, one call for each pool.</summary>
internal sealed class SeatsReading(PageContext page, Institution? school)
{
    private ImmutableArray<Booking> _bookings = [];
    private ImmutableArray<Hold> _holds = [];
    private ImmutableArray<Request> _requests = [];

    public DateTimeZone Zone => school?.Zone ?? page.Zone;

    /// <summary>Reads what the institution has in some days: bookings, live holds and waitlist entries.</summary>
    public async Task ReadOwn(LocalDate from, int days)
    {
        if (school is null)
            return;
        var (read, cancellation) = (page.Api.Ledger.Read, page.Http.RequestAborted);
        // A block may begin the day before.
        var filter = new Scheduler.Ledger.BookingFilter
        {
            From = Zone.AtStartOfDay(from.PlusDays(-1)).ToInstant(), To = Zone.AtStartOfDay(from.PlusDays(days)).ToInstant(), Status = BookingStatus.Confirmed,
        };
        _bookings = await WholeList.Read(cursor => read.Bookings(school.Id, filter, cursor, Limits.PageSize, cancellation));
        _holds = await LiveHolds.Of(page, school.Id);
        _requests = [.. (await WholeList.Read(cursor => read.Queue(school.Id, cursor, Limits.PageSize, cancellation)))
            .Where(request => request.Status == RequestStatus.Queued)];
    }

    /// <summary>Free seats alone, without any rule of the institution.</summary>
    public SlotGridView Seats(Pool pool, LocalDate from, int days) => SlotGridView.Of(Question(pool, from, days));

    /// <summary>Free seats, and where the need fits. The seats of a booking that moves count as free (R4).</summary>
    public async Task<SlotGridView> Fits(Pool pool, LocalDate from, int days, Need need, Instant? selected, Booking? moved = null)
    {
        var question = Question(pool, from, days, moved?.Sitting) with
        {
            Profile = need.Profile,
            Selected = selected,
            Bookings = _bookings,
            Holds = _holds,
            Requests = _requests,
        };
        question = question with { QueuedSeats = await QueuedSeats(question) };
        return SlotGridView.Of(question with { Fits = await Fits(need, question, moved?.Id) });
    }

    /// <summary>Local days on which the institution has bookings or holds in a pool. Call <see cref="ReadOwn"/> first.</summary>
    public ISet<LocalDate> OwnDays(PoolId pool) => _bookings.Select(booking => booking.Sitting).Concat(_holds.Select(hold => hold.Sitting))
        .Where(sitting => sitting.Pool == pool).Select(sitting => LeadTime.Day(sitting.Start, Zone)).ToHashSet();

    private async Task<ImmutableArray<StartFit>?> Fits(Need need, GridQuestion question, BookingId? moves)
    {
        if (school is null || need.Wish(question.Pool.Id, question.Begin) is not { } wish)
            return null;
        var answer = await page.Api.Queue(school.Id).Fits(new(wish, question.Begin, question.End, moves?.Value), page.Http.RequestAborted);
        return answer?.Starts;
    }

    /// <summary>The seats that wait, when a day of the grid collects requests (R16).</summary>
    private async Task<Func<int, int>?> QueuedSeats(GridQuestion question)
    {
        var last = question.From.PlusDays(question.Days - 1);
        return page.Catalogue.Calendar.Seasons.Any(season => season.CollectUntil > page.Now && season.From <= last && question.From <= season.To)
            ? (await AskedSeats.Read(page, question.Pool.Id, question.Begin, question.End)).QueuedIn
            : null;
    }

    private GridQuestion Question(Pool pool, LocalDate from, int days, Sitting? moved = null)
    {
        var (now, slots) = (page.Now, pool.Retired is null ? page.Api.Ledger.Picture.Pool(pool.Id) : null);
        return new()
        {
            Pool = pool,
            Zone = Zone,
            From = from,
            Days = days,
            Now = now,
            Catalogue = page.Catalogue,
            Look = minutes =>
            {
                var view = slots?.Look(minutes, now) ?? default;
                return new(view.Capacity, view.Free + (moved?.SeatsIn(new(pool.Id, minutes)) ?? 0));
            },
        };
    }
}
