using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The form that applies an import, by the command of the HTTP route, and the template of a file.</summary>
internal static class ImportForms
{
    public static void MapImportForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/import/{id:guid}/apply", Apply).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapGet(ImportPaths.Template, Template).RequireAuthorization(Policies.Operators).ExcludeFromDescription();
    }

    private static async Task<IResult> Apply(PageContext page, ImportCommands imports, Guid id)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var back = ImportPaths.Of(new(id));
        var reason = form["reason"].FirstOrDefault()?.Trim() is { Length: > 0 } typed ? typed : null;
        var isForced = form["force"].FirstOrDefault() == "on";
        if ((isForced && reason is null) || (reason is not null && !TextForms.Reason.Accepts(reason, out _)))
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reason"));
        var result = await imports.Apply(await FormStamp.Caller(page, FormStamp.SeenVersion(form)), new(id), isForced, reason, page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => back, back);
    }

    private static Results<WorkbookAnswer, NotFound> Template(PageContext page, ImportSubjects subjects)
    {
        var word = page.Http.Request.Query["kind"].FirstOrDefault() ?? "";
        if (!ImportKinds.Form.TryRead(word, out var kind, out _))
            return TypedResults.NotFound();
        var columns = subjects.Of(kind).Columns;
        var heads = columns.Select(column => page.Language == PageLanguage.French ? column.French : column.English).ToList();
        return new WorkbookAnswer($"{word}.xlsx", word, heads, [[.. columns.Select(column => (object?)column.Sample)]]);
    }
}
