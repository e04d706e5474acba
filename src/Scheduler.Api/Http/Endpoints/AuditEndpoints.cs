using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The record of all changes (R15), the notices that an institution fetches (R13), and the caller's own role.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/audit", RouteConventions.Reading, Audit).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists changes: who made each change, when, the state before and after, and why.")
            .Lists<RecordView>(QueryParameters.Subject, QueryParameters.Since, QueryParameters.Until);
        api.MapMethods("/institutions/{id}/notices", RouteConventions.Reading, Notices).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the notices to an institution, in order. Ask regularly for those after the last notice that you have.")
            .Lists<RecordView>(QueryParameters.After);
        api.MapMethods("/me", RouteConventions.Reading, Me).RequireAuthorization(Policies.SignedIn).WithSummary("Shows who is signed in.").Shows<CallerView>();
    }

    private static async ValueTask<IResult> Audit(Query query)
    {
        var values = query.ReadQuery();
        var subject = values.Value(QueryParameters.Subject);
        var (from, to) = values.Filter();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        return await Page(
            query,
            await query.Api.Ledger.Read.Audit(
                new()
                {
                    Subject = subject,
                    From = from,
                    To = to,
                    Institutions = query.IsOperator ? null : [.. query.InstitutionsInReach().Select(institution => institution.Value.Id)],
                    Cursor = cursor,
                    Limit = limit,
                },
                query.Cancellation),
            RecordView.Of);
    }

    private static async ValueTask<IResult> Notices(string id, Query query)
    {
        var values = query.ReadQuery();
        var after = values.Text(QueryParameters.After);
        var (cursor, limit) = values.Paging();
        if (after is not null && cursor is not null)
            values.Faults.Add(QueryParameters.After.Name, "cannot be combined with cursor: follow next, or begin again after a notice");
        if (values.Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } institution)
            return ApiProblem.NotFound();
        var read = query.Api.Ledger.Read;
        if (after is not null && (cursor = await read.NoticeCursor(institution, after, query.Cancellation)) is null)
            return ApiProblem.Invalid(QueryParameters.After.Name, "must be the id of a notice to this institution");
        return await Page(query, await read.Notices(institution, cursor, limit, query.Cancellation), RecordView.ForSchool);
    }

    /// <summary>
    /// A page of records. Another process may have made a key or an institution a moment ago, so the newest catalogue is read for one that is not known.
    /// </summary>
    private static async ValueTask<IResult> Page(Query query, Page<AuditRow>? page, Func<AuditRow, Catalogue, AccountCopy, RecordView> view)
    {
        var isUnknown = page is not null && page.Entries.Any(row => !RecordView.IsKnown(row, query.Catalogue, query.Api.Accounts));
        if (isUnknown && await query.Api.Catalogue.IsBehind(query.Catalogue, query.Cancellation))
            query.TakeNewestCatalogue();
        return Query.Page(page, row => view(row, query.Catalogue, query.Api.Accounts));
    }

    private static IResult Me(Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return new JsonAnswer<CallerView>(new() { Role = query.Who.Role, Institution = query.Who.Institution, Name = query.Who.Name });
    }
}
