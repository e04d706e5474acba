using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Bookings: made, shown, cancelled, moved, resized, attended.</summary>
internal static class BookingsApi
{
    public static async ValueTask<Answer> Post(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var wish = BookingBody.Parse(body.Fields);
        var institution = call.Institution();
        return await Judge.Institution(call, body, institution, wish.OverrideReason is not null)
            ?? await call.Door.Queue(institution!.Value).Book(new(call.Caller(body), wish));
    }

    public static async ValueTask<Answer> List(Call call)
    {
        var query = new Query(call.Http.Request);
        var (from, to) = (query.InstantOrNone("from"), query.InstantOrNone("to"));
        var status = query.WordOrNone<BookingStatus>("status", Words.TryBookingStatus);
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return bad;
        if (call.Institution() is not { } institution)
            return Problems.NotFound();
        var page = await call.Door.Ledger.Read.Bookings(institution, from, to, status, cursor, limit);
        return page is null ? Query.BadCursor() : Call.Page(page, BookingView.Write);
    }

    public static async ValueTask<Answer> Get(Call call)
    {
        if (new Query(call.Http.Request).Problem() is { } bad)
            return bad;
        return await Find(call) is { } booking ? call.Single(booking.Version, writer => BookingView.Write(writer, booking)) : Problems.NotFound();
    }

    public static async ValueTask<Answer> Cancel(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Optional);
        var reason = CancelBody.Parse(body.Fields);
        var booking = await Find(call);
        return await Judge.Institution(call, body, booking?.Sitting.Institution)
            ?? await Queue(call, booking!).Cancel(new(call.Caller(body), booking!.Id.Value, reason));
    }

    public static async ValueTask<Answer> Reschedule(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (start, reason) = RescheduleBody.Parse(body.Fields);
        var booking = await Find(call);
        return await Judge.Institution(call, body, booking?.Sitting.Institution, reason is not null)
            ?? await Queue(call, booking!).Reschedule(new(call.Caller(body), booking!.Id.Value, start, reason));
    }

    public static async ValueTask<Answer> Resize(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var (seats, accommodations, reason) = ResizeBody.Parse(body.Fields);
        var booking = await Find(call);
        return await Judge.Institution(call, body, booking?.Sitting.Institution, reason is not null)
            ?? await Queue(call, booking!).Resize(new(call.Caller(body), booking!.Id.Value, seats, accommodations is { } groups ? [.. groups] : null, reason));
    }

    public static async ValueTask<Answer> Attend(Call call)
    {
        using var body = await call.ReadBody(BodyUse.Required);
        var attended = AttendanceBody.Parse(body.Fields);
        var booking = await Find(call);
        return await Judge.Institution(call, body, booking?.Sitting.Institution)
            ?? await Queue(call, booking!).Attend(new(call.Caller(body), booking!.Id.Value, attended));
    }

    private static IInstitutionQueueGrain Queue(Call call, Booking booking) => call.Door.Queue(booking.Sitting.Institution);

    /// <summary>The path's booking, when it is there and in reach; null otherwise, after the same reading (R14).</summary>
    private static async ValueTask<Booking?> Find(Call call)
    {
        if (!Guid.TryParseExact(call.Id, "D", out var id))
            return null;
        var booking = await call.Door.Ledger.Read.Booking(new(id));
        return booking is not null && call.Reaches(booking.Sitting.Institution) ? booking : null;
    }
}
