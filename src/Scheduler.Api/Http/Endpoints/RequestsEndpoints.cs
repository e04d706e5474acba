using System.Globalization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An institution's queue (R9, R11): queue a request, list with the place of each request, show, change, withdraw.</summary>
internal static class RequestsEndpoints
{
    public static void MapRequests(this IEndpointRouteBuilder api)
    {
        api.MapPost("/institutions/{id}/requests", Join).RequireAuthorization(Policies.Bookers)
            .WithSummary("Queues a flexible request, or joins the waitlist for exactly one block.")
            .Makes<RequestView>()
            .Refuses(
                "unknown_exam", "unknown_pool", "pool_cannot_serve_exam", "mode_not_offered", "not_on_slot", "not_ready", "past", "horizon", "lead_time",
                "no_candidates", "never_fits", "queue_full");
        api.MapMethods("/institutions/{id}/queue", RouteConventions.Reading, Queue).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists an institution's queue, with the place of each request.")
            .Lists<RequestView>();
        api.MapMethods("/requests/{id}", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows a request.").Shows<RequestView>();
        api.MapPatch("/requests/{id}", Change).RequireAuthorization(Policies.Bookers).WithSummary("Changes a request that waits.")
            .Shows<RequestView>()
            .Refuses(
                "request_placed", "request_closed", "unknown_exam", "unknown_pool", "retired", "pool_cannot_serve_exam", "mode_not_offered", "not_on_slot",
                "not_ready", "past", "horizon", "lead_time", "no_candidates", "never_fits", "below_placed");
        api.MapDelete("/requests/{id}", Withdraw).RequireAuthorization(Policies.Bookers).WithSummary("Withdraws a request.")
            .Produces(StatusCodes.Status204NoContent).Refuses("request_placed");
    }

    private static async ValueTask<IResult> Join(string id, Command<RequestBody> command)
    {
        var institution = await command.Institution(id);
        return await command.Run(
            institution,
            (queue, body) => queue.Join(
                new(
                    command.Caller, body.ToWish(command.Catalogue.ZoneOf(institution!.Value)), body.Weight ?? 1, WindowBody.ToDomain(body.Windows),
                    body.MinGroup),
                command.Cancellation),
            joined => Joined(joined, command.Catalogue),
            static body => body.Weight is { } weight && weight != 1,
            (body, own, faults) => body.CheckStart(command.Catalogue, command.Catalogue.ZoneOf(own), faults));
    }

    private static ChangeAnswer Joined(RequestSnapshot joined, Catalogue catalogue) => ChangeAnswer.Created(
        RequestView.Of(joined.Request, catalogue, joined.Position, joined.Candidates), joined.Request.Version, $"/requests/{joined.Request.Id}");

    private static async ValueTask<IResult> Queue(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } institution)
            return ApiProblem.NotFound();
        if (!TryCursor(cursor, out var before, out var inner))
            return Query.BadCursor();
        var page = await query.Api.Ledger.Read.Queue(institution, inner, limit, query.Cancellation);
        if (page is null)
            return Query.BadCursor();
        var shown = await new QueueViews(query).Of(institution, page.Entries, before);
        before += page.Entries.Count(request => request.Status == RequestStatus.Queued);
        var next = page.Next is null ? null : string.Create(CultureInfo.InvariantCulture, $"{before}.{page.Next}");
        return new JsonAnswer<PageView<RequestView>>(new() { Items = shown, Next = next });
    }

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Request(id) is not { } request)
            return ApiProblem.NotFound();
        var views = await new QueueViews(query).Of(request.Institution, [request], null);
        return query.ShowInFull(views[0], request.Version);
    }

    private static async ValueTask<IResult> Change(string id, Command<RequestChangeBody> command)
    {
        var request = await command.Request(id);
        return await command.Run(
            request?.Institution,
            (queue, body) => queue.Change(body.ToCommand(command.Caller, request!, command.Catalogue.ZoneOf(request!.Institution)), command.Cancellation),
            changed => ChangeAnswer.Ok(
                RequestView.Of(changed.Request, command.Catalogue, changed.Position, changed.Candidates), changed.Request.Version),
            static body => body.Weight is { } weight && weight != 1,
            (body, _, faults) => body.CheckAgainst(request!, command.Catalogue, faults));
    }

    private static async ValueTask<IResult> Withdraw(string id, Command<NoBody> command)
    {
        var request = await command.Request(id);
        return await command.Run<RequestSnapshot>(
            request?.Institution,
            (queue, _) => queue.Withdraw(new(command.Caller, request!.Id.Value), command.Cancellation),
            static _ => ChangeAnswer.NoContent());
    }

    /// <summary>The cursor contains the number of waiting requests on the pages before, because a position counts from the head of the queue.</summary>
    private static bool TryCursor(string? cursor, out int before, out string? inner)
    {
        before = 0;
        inner = null;
        if (cursor is null)
            return true;
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !int.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out before) || before > Limits.QueuedRequests)
            return false;
        inner = cursor[(dot + 1)..];
        return true;
    }
}
