using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The record of all changes (R15), the notices that an institution fetches (R13), and the caller's own role.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapRead("/audit", Audit).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists changes: who made each change, when, the state before and after, and why.")
            .Lists<RecordView>(QueryParameters.Subject, QueryParameters.Since, QueryParameters.Until);
        api.MapRead("/institutions/{id}/notices", Notices).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the notices to an institution, in order. Fetch the list regularly, and drop repeats by id.").Lists<RecordView>();
        api.MapRead("/me", Me).RequireAuthorization(Policies.SignedIn).WithSummary("Shows who is signed in.").Shows<CallerView>();
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
                query.Cancellation));
    }

    private static async ValueTask<IResult> Notices(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        return await query.Institution(id) is { } institution
            ? await Page(query, await query.Api.Ledger.Read.Notices(institution, cursor, limit, query.Cancellation))
            : ApiProblem.NotFound();
    }

    /// <summary>
    /// A page of records. Another process may have made a key or an institution a moment ago, so the newest catalogue is read for one that is not known.
    /// </summary>
    private static async ValueTask<IResult> Page(Query query, Page<AuditRow>? page)
    {
        var isUnknown = page is not null && page.Entries.Any(row => !RecordView.IsKnown(row, query.Catalogue));
        if (isUnknown && await query.Api.Catalogue.IsBehind(query.Catalogue, query.Cancellation))
            query.TakeNewestCatalogue();
        return Query.Page(page, row => RecordView.Of(row, query.Catalogue));
    }

    private static IResult Me(Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return new JsonAnswer<CallerView>(new() { Role = query.Who.Role, Institution = query.Who.Institution, Name = query.Who.Name });
    }
}
