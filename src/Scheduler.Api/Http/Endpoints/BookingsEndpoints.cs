using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Bookings: make, list, show, cancel, move, resize, report attendance.</summary>
internal static class BookingsEndpoints
{
    private static readonly QueryParameter<AnswerFormat> _format = new(AnswerFormat.WithWorkbook)
    {
        Name = "format", Description = "csv or xlsx for a table with all rows; json when left out.",
    };

    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        api.MapPost("/institutions/{id}/bookings", Make).RequireAuthorization(Policies.Bookers).WithSummary("Books a block.")
            .Makes<BookingView>().Refuses([.. RefusalCodes.OfWish, .. RefusalCodes.OfSlots]);
        api.MapPost("/institutions/{id}/bookings/series", MakeSeries).RequireAuthorization(Policies.Bookers)
            .WithSummary("Books several blocks, each alone or all together, and answers with a result for each row.")
            .Shows<SeriesView>().WithMetadata(MakesSubject.Instance).Refuses();
        api.MapMethods("/institutions/{id}/bookings", RouteConventions.Reading, List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists an institution's bookings, in the order in which they were made.")
            .Lists<BookingView>(QueryParameters.Since, QueryParameters.Until, QueryParameters.Status, _format);
        api.MapMethods("/bookings", RouteConventions.Reading, ListOfPool).RequireAuthorization(Policies.Operators)
            .WithSummary("Lists the bookings of all institutions whose block overlaps a range of a pool, in the order of their ids.")
            .Lists<BookingView>(QueryParameters.Pool, QueryParameters.From, QueryParameters.To, QueryParameters.Status).Refuses("unknown_pool");
        api.MapMethods("/bookings/{id}", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows a booking.").Shows<BookingView>();
        api.MapMethods("/bookings/{id}/history", RouteConventions.Reading, History).RequireAuthorization(Policies.Bookers)
            .WithSummary("Lists the changes of a booking, in order: how it was made, and each change since.").Lists<RecordView>();
        api.MapPost("/bookings/{id}/cancel", Cancel).RequireAuthorization(Policies.Bookers).WithSummary("Cancels a booking.")
            .Shows<BookingView>().Refuses("sitting_begun");
        api.MapPost("/bookings/{id}/reschedule", Reschedule).RequireAuthorization(Policies.Bookers).WithSummary("Moves a booking to another start.")
            .Shows<BookingView>().Refuses(["booking_cancelled", "sitting_begun", "cutoff_passed", .. RefusalCodes.OfWish, .. RefusalCodes.OfSlots]);
        api.MapPost("/bookings/{id}/resize", Resize).RequireAuthorization(Policies.Bookers).WithSummary("Changes candidates and accommodations of a booking.")
            .Shows<BookingView>().Refuses(["booking_cancelled", "sitting_begun", .. RefusalCodes.OfWish, .. RefusalCodes.OfSlots]);
        api.MapPost("/bookings/{id}/attendance", Attend).RequireAuthorization(Policies.Bookers).WithSummary("Reports how many candidates sat.")
            .Shows<BookingView>().Refuses("booking_cancelled", "sitting_not_begun", "more_than_booked");
    }

    /// <summary>The answer to a call that made a booking, directly or from a hold.</summary>
    public static ChangeAnswer Made(BookingSnapshot made, Catalogue catalogue) =>
        ChangeAnswer.Created(BookingView.Of(made, catalogue), made.Booking.Version, $"/bookings/{made.Booking.Id}");

    private static async ValueTask<IResult> Make(string id, Command<BookingBody> command)
    {
        var institution = await command.Institution(id);
        return await command.Run(
            institution,
            (queue, body) => queue.Book(new(command.Caller, body.ToWish(command.Catalogue.ZoneOf(institution!.Value))), command.Cancellation),
            made => Made(made, command.Catalogue),
            static body => body.Override is not null);
    }

    private static async ValueTask<IResult> MakeSeries(string id, Command<SeriesBody> command)
    {
        var institution = await command.Institution(id);
        return await command.RunParts(
            institution,
            async (queue, body) =>
            {
                var (run, zone) = (new SeriesRun(command.Api, queue, command.Caller, command.Cancellation), command.Catalogue.ZoneOf(institution!.Value));
                if (await run.IsKeyReused())
                    return ApiProblem.KeyReused();
                ImmutableArray<SeriesRow> rows = [.. body.Rows.Select(row => new SeriesRow("", row.ToWish(zone)))];
                var results = body.Together == true ? await run.BookTogether(rows) : await run.BookEach(rows, body.Wait == true);
                return new JsonAnswer<SeriesView>(SeriesView.Of(results, command.Catalogue, zone));
            },
            static body => body.Rows.Any(row => row.Override is not null));
    }

    private static async ValueTask<IResult> List(string id, Query query)
    {
        var values = query.ReadQuery();
        var (from, to) = values.Filter();
        var filter = new BookingFilter { From = from, To = to, Status = values.Value(QueryParameters.Status) };
        var (cursor, limit) = values.Paging();
        var format = values.Value(_format) ?? default;
        foreach (var parameter in new QueryParameter[] { QueryParameters.Limit, QueryParameters.Cursor })
        {
            if (format.IsTable && values.Has(parameter))
                values.Faults.Add(parameter.Name, "must be left out with format csv or xlsx: the table has all rows");
        }

        if (values.Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } institution)
            return ApiProblem.NotFound();
        return format.IsTable
            ? await Table(query, institution, filter, format)
            : Query.Page(
                await query.Api.Ledger.Read.Bookings(institution, filter, cursor, limit, query.Cancellation),
                booking => BookingView.Of(booking, query.Catalogue));
    }

    /// <summary>All bookings of the filter as a table, by start.</summary>
    private static async Task<IResult> Table(Query query, InstitutionId institution, BookingFilter filter, AnswerFormat format)
    {
        var all = await WholeList.Read(
            cursor => query.Api.Ledger.Read.Bookings(institution, filter, cursor, Limits.PageSize, query.Cancellation));
        var zone = query.Catalogue.ZoneOf(institution);
        var rows = all.OrderBy(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value).Select(booking => BookingTable.Row(booking, zone));
        var heads = TableHeads.Of(query.Http, BookingTable.Heads);
        return format.IsWorkbook
            ? new WorkbookAnswer("bookings.xlsx", "bookings", heads, rows)
            : new CsvAnswer("bookings.csv", heads, rows.Select(BookingTable.Texts));
    }

    private static async ValueTask<IResult> ListOfPool(Query query)
    {
        var values = query.ReadQuery();
        var pool = values.Required(QueryParameters.Pool);
        var (from, to) = values.Range(Limits.AvailabilityDays, mayBeEmpty: false);
        var status = values.Value(QueryParameters.Status);
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        if (!query.Catalogue.Pools.ContainsKey(pool))
            return ApiProblem.Of(new Refusal.UnknownPool(pool.Text), DateTimeZone.Utc);
        var booked = new PoolBookings { Pool = pool, From = from, To = to, Status = status };
        return Query.Page(await query.Api.Ledger.Read.Bookings(booked, cursor, limit, query.Cancellation), booking => BookingView.Of(booking, query.Catalogue));
    }

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return await query.Booking(id) is { } booking ? query.Show(BookingView.Of(booking, query.Catalogue), booking.Version) : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> History(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        return await query.Booking(id) is { } booking
            ? Query.Page(
                await query.Api.Ledger.Read.History(booking.Sitting.Institution, booking.Id, cursor, limit, query.Cancellation),
                row => RecordView.ForSchool(row, query.Catalogue, query.Api.Accounts))
            : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Cancel(string id, Command<CancelBody> command)
    {
        var booking = await command.Booking(id);
        return await command.Run(
            booking?.Sitting.Institution, (queue, body) => queue.Cancel(new(command.Caller, booking!.Id.Value, body.Reason), command.Cancellation),
            Changed(command.Catalogue));
    }

    private static async ValueTask<IResult> Reschedule(string id, Command<RescheduleBody> command)
    {
        var booking = await command.Booking(id);
        return await command.Run(
            booking?.Sitting.Institution,
            (queue, body) => queue.Reschedule(body.ToCommand(command.Caller, booking!, command.Catalogue), command.Cancellation),
            Changed(command.Catalogue),
            static body => body.Override is not null);
    }

    private static async ValueTask<IResult> Resize(string id, Command<ResizeBody> command)
    {
        var booking = await command.Booking(id);
        return await command.Run(
            booking?.Sitting.Institution,
            (queue, body) => queue.Resize(
                new(command.Caller, booking!.Id.Value, body.Seats, Groups(body), body.Override?.Reason, body.Reason), command.Cancellation),
            Changed(command.Catalogue),
            static body => body.Override is not null);
    }

    private static async ValueTask<IResult> Attend(string id, Command<AttendanceBody> command)
    {
        var booking = await command.Booking(id);
        return await command.Run(
            booking?.Sitting.Institution, (queue, body) => queue.Attend(new(command.Caller, booking!.Id.Value, body.Attended), command.Cancellation),
            Changed(command.Catalogue));
    }

    private static Func<BookingSnapshot, ChangeAnswer> Changed(Catalogue catalogue) =>
        changed => ChangeAnswer.Ok(BookingView.Of(changed, catalogue), changed.Booking.Version);

    /// <summary>Accommodations that are left out stay as they were.</summary>
    private static Accommodation[]? Groups(ResizeBody body) => body.Accommodations is { } groups ? [.. AccommodationBody.ToDomain(groups)] : null;
}
