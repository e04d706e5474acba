using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The record of all changes (R15), the notices that an institution fetches (R13), and the caller's own role.</summary>
internal static class AuditEndpoints
{
    private static readonly QueryParameter<string> _who = new(TextForms.AnyText)
    {
        Name = "who", Description = "The id of an account or of an API key, or a part of the name of the person, the key or the part of the server.",
    };

    private static readonly QueryParameter<AuditKinds> _what = new(AuditKinds.Form)
    {
        Name = "what", Description = "What happened, such as booking_made, or the first word of all changes of one kind of subject, such as booking.",
    };

    private static readonly QueryParameter<bool> _forced = new(TextForms.Flag)
    {
        Name = "forced", Description = "When true, only overrides of a rule and forced capacities.",
    };

    private static readonly QueryParameter<bool> _newest = new(TextForms.Flag) { Name = "newest", Description = "When true, the newest change comes first." };

    private static readonly QueryParameter<InstitutionId> _institution = new(TextForms.Institution)
    {
        Name = "institution", Description = "Only changes that concern this institution.",
    };

    private static readonly QueryParameter<AnswerFormat> _format = new(AnswerFormat.Form)
    {
        Name = "format", Description = $"csv for a table with the newest {Limits.AuditTable:N0} changes; json when left out.",
    };

    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/audit", RouteConventions.Reading, Audit).RequireAuthorization(Policies.Managers)
            .WithSummary("Lists changes: who made each change, when, the state before and after, and why.")
            .Lists<RecordView>(
                QueryParameters.Subject, _who, _what, QueryParameters.Since, QueryParameters.Until, _institution, _forced, _newest, _format);
        api.MapMethods("/institutions/{id}/notices", RouteConventions.Reading, Notices).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the notices to an institution, in order. Ask regularly for those after the last notice that you have.")
            .Lists<RecordView>(QueryParameters.After);
        api.MapMethods("/me", RouteConventions.Reading, Me).RequireAuthorization(Policies.SignedIn).WithSummary("Shows who is signed in.").Shows<CallerView>();
    }

    private static async ValueTask<IResult> Audit(Query query)
    {
        var values = query.ReadQuery();
        var (from, to) = values.Filter();
        var (cursor, limit) = values.Paging();
        var isTable = values.Value(_format) is { IsTable: true };
        var (who, what, institution) = (values.Text(_who), values.Value(_what), values.Value(_institution));
        var filter = new AuditQuery
        {
            Subject = values.Value(QueryParameters.Subject),
            Who = who is null ? null : AuditAuthors.Like(who, query.Catalogue, query.Api.Accounts),
            Kinds = what?.All,
            OnlyForced = values.Value(_forced) == true,
            IsNewestFirst = values.Value(_newest) == true || isTable,
            From = from,
            To = to,
            Institutions = institution is { } one ? [one] : query.IsOperator ? null : [.. query.InstitutionsInReach().Select(reached => reached.Value.Id)],
            Cursor = cursor,
            Limit = limit,
        };
        foreach (var parameter in new QueryParameter[] { QueryParameters.Limit, QueryParameters.Cursor, _newest })
        {
            if (isTable && values.Has(parameter))
                values.Faults.Add(parameter.Name, "must be left out with format csv: the table has the newest changes");
        }

        if (values.Problem() is { } bad)
            return bad;
        if (institution is { } named && await query.Institution(named.Text) is null)
            return ApiProblem.NotFound();
        return isTable
            ? await AuditTable.Read(query, filter)
            : await Page(query, await query.Api.Ledger.Read.Audit(filter, query.Cancellation), RecordView.Of);
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
