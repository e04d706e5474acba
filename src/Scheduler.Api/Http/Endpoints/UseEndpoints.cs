using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats booked against seats used (R18), as figures or as a table: a school sees its own reach, an operator all.</summary>
internal static class UseEndpoints
{
    private static readonly QueryParameter<InstitutionId> _institution = new(TextForms.Institution)
    {
        Name = QueryParameters.Institution.Name, Description = "Only this institution; all in reach when left out.",
    };

    private static readonly QueryParameter<AnswerFormat> _format = new(AnswerFormat.Form)
    {
        Name = "format", Description = "csv for a table with all rows; json when left out.",
    };

    public static void MapUse(this IEndpointRouteBuilder api) =>
        api.MapMethods("/use", RouteConventions.Reading, List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists seats booked and seats used, by institution, programme and season.")
            .Lists<UseView>(_institution, QueryParameters.Since, QueryParameters.Until, _format).Refuses("not_found");

    private static async ValueTask<IResult> List(Query query)
    {
        var values = query.ReadQuery();
        var asked = values.Value(_institution);
        var (from, to) = values.Filter();
        var isTable = values.Value(_format) is { IsTable: true };
        var (cursor, limit) = values.Paging();
        foreach (var parameter in new QueryParameter[] { QueryParameters.Limit, QueryParameters.Cursor })
        {
            if (isTable && values.Has(parameter))
                values.Faults.Add(parameter.Name, "must be left out with format csv: the table has all rows");
        }

        if (values.Problem() is { } bad)
            return bad;
        if (asked is { } id && !await query.Reaches(id))
            return ApiProblem.NotFound();
        ImmutableArray<InstitutionId>? institutions = asked is { } one ? [one]
            : query.IsOperator ? null
            : [.. query.InstitutionsInReach().Select(institution => institution.Value.Id)];
        var uses = await query.Api.Ledger.Read.Use(new() { Institutions = institutions, From = from, To = to, Now = query.Now }, query.Cancellation);
        var all = UseFigures.Of(uses, query.Catalogue);
        if (isTable)
            return new CsvAnswer("use.csv", TableHeads.Of(query.Http, UseView.Heads), all.Select(figures => UseView.Of(figures).Row()));
        if (!TryCursor(cursor, out var after))
            return Query.BadCursor();
        var rest = all.Where(figures => after is null || IsAfter(Key(figures), after)).Take(limit + 1).ToList();
        var next = rest.Count > limit ? string.Join('/', Key(rest[limit - 1]).Select(Uri.EscapeDataString)) : null;
        return new JsonAnswer<PageView<UseView>>(new() { Items = [.. rest.Take(limit).Select(UseView.Of)], Next = next });
    }

    /// <summary>The key of a row. The rows are in the order of their keys, and the cursor is the key of the last row of the page before.</summary>
    private static string[] Key(UseFigures figures) => [figures.Institution.Text, figures.Programme, figures.Season?.Text ?? ""];

    private static bool IsAfter(string[] key, string[] after)
    {
        foreach (var (index, text) in key.Index())
        {
            var order = string.CompareOrdinal(text, after[index]);
            if (order != 0)
                return order > 0;
        }

        return false;
    }

    private static bool TryCursor(string? cursor, out string[]? after)
    {
        after = cursor?.Split('/').Select(Uri.UnescapeDataString).ToArray();
        return after is null or { Length: 3 };
    }
}
