using System.Globalization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Imports of files. An import is a dry run that the ledger keeps; the application sends exactly its rows. Only operators may use these routes.
/// </summary>
internal static class ImportsEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/imports", Make).RequireAuthorization(Policies.Operators)
            .WithSummary("Reads files and shows what each row would do. Changes nothing until the import is applied.")
            .Makes<ImportView>().Refuses("import_unreadable");
        api.MapMethods("/imports/{id}", RouteConventions.Reading, Get).RequireAuthorization(Policies.Operators)
            .WithSummary("Shows an import without its rows.").Shows<ImportView>();
        api.MapMethods("/imports/{id}/rows", RouteConventions.Reading, Rows).RequireAuthorization(Policies.Operators)
            .WithSummary("Lists the rows of an import, in the order in which they are applied.").Lists<ImportRowView>(QueryParameters.RowAction);
        api.MapPost("/imports/{id}/apply", Apply).RequireAuthorization(Policies.Operators)
            .WithSummary("Applies the very rows that the dry run showed. A call that was cut short goes on when it is repeated.")
            .Shows<ImportView>().Refuses("import_stale", "import_vanishes", "import_expired");
    }

    private static ValueTask<IResult> Make(Command<ImportBody> command) => command.RunImports(
        static _ => null,
        (imports, body) => imports.Make(command.Caller, body.ToQuestion(command.Who), command.Cancellation),
        static made => ChangeAnswer.Created(ImportView.Of(made.Import), made.Import.Version, $"/imports/{made.Import.Id}"));

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return await Find(query, id) is { } import ? query.Show(ImportView.Of(import.Facts), import.Facts.Version) : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Rows(string id, Query query)
    {
        var values = query.ReadQuery();
        var action = values.Value(QueryParameters.RowAction);
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        var from = 0;
        if (cursor is not null && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
            return Query.BadCursor();
        if (await Find(query, id) is not { } import)
            return ApiProblem.NotFound();
        var rest = import.Rows.Select((row, index) => (Row: row, Index: index))
            .Where(one => one.Index >= from && (action is not { } wanted || one.Row.Action == wanted)).Take(limit + 1).ToList();
        return new JsonAnswer<PageView<ImportRowView>>(new()
        {
            Items = [.. rest.Take(limit).Select(one => ImportRowView.Of(one.Row))],
            Next = rest.Count > limit ? PageText.Plain(rest[limit].Index) : null,
        });
    }

    private static async ValueTask<IResult> Apply(string id, Command<ImportApplyBody> command)
    {
        var import = await Find(command, id);
        return await command.RunImports(
            _ => import is null ? ApiProblem.NotFound() : null,
            (imports, body) => imports.Apply(
                command.CallerOf(body.Version), import!.Facts.Id, body.Force ?? false, body.Reason, command.Cancellation),
            static applied => ChangeAnswer.Ok(ImportView.Of(applied.Import), applied.Import.Version));
    }

    private static async ValueTask<Import?> Find(Call call, string id) => Call.TryId(id, out var key)
        ? await call.Http.RequestServices.GetRequiredService<ImportCommands>().Read(new(key), call.Cancellation)
        : null;
}
