using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The forms that save and retire what operators set up, by the commands behind the routes of the API. Each answers with a redirect to a page, which shows the
/// present figures when nothing was changed.
/// </summary>
internal static class SetupForms
{
    public static void MapSetupForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SetupPaths.SaveSeason, SaveSeason).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.SavePolicy, SavePolicy).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.SaveInstitution, SaveInstitution).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.SavePool, SavePool).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.SaveExam, SaveExam).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.SaveRetire, Retire).RequireAuthorization(Policies.Operators).TakesForm();
    }

    private static async Task<IResult> SaveSeason(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = SeasonFields.Read(name => form[name].FirstOrDefault());
        var season = fields.Season(page).Season;
        return await Save(
            page, form, season is null ? null : new SeasonEntry(season), fields.ToString(), $"{SetupPaths.Seasons}?done=saved&id={season?.Id.Text}");
    }

    private static async Task<IResult> SavePolicy(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = PolicyFields.Read(name => form[name].FirstOrDefault());
        var policy = fields.Policy(page).Policy;
        return await Save(page, form, policy is null ? null : new PolicyEntry(policy), fields.ToString(), $"{SetupPaths.Policy}?done=saved");
    }

    private static async Task<IResult> SaveInstitution(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = InstitutionFields.Read(name => form[name].FirstOrDefault());
        var school = fields.School(page).School;
        return await Save(
            page, form, school is null ? null : new InstitutionEntry(school), fields.ToString(),
            school is null ? SetupPaths.Institutions : $"{SetupPaths.Of(school.Id)}&done=saved");
    }

    private static async Task<IResult> SavePool(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = PoolFields.Read(name => form[name].FirstOrDefault());
        return await Save(page, form, fields.Pool(page).Pool, fields.ToString(), $"{SetupPaths.Catalogue}?done=saved");
    }

    private static async Task<IResult> SaveExam(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = ExamFields.Read(name => form[name]);
        return await Save(page, form, fields.Exam(page).Exam, fields.ToString(), $"{SetupPaths.Catalogue}?done=saved");
    }

    private static async Task<IResult> Retire(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        if (RetiredThing.Find(page.Catalogue, form["kind"].FirstOrDefault(), form["id"].FirstOrDefault()) is not { } thing)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        return await Send(page, form, thing.Path, $"{thing.List}done=retired", (caller, reason) =>
            page.Api.CatalogueGrain.Retire(new(caller, thing.Entry, reason), page.Http.RequestAborted));
    }

    private static async Task<IResult> Save(PageContext page, IFormCollection form, CatalogueEntry? entry, string back, string done) => entry is null
        ? TypedResults.LocalRedirect(BookPaths.Because(back, "fields"))
        : await Send(page, form, back, done, (caller, reason) =>
            page.Api.CatalogueGrain.Put(new(caller, entry, reason, KeepsSame: true), page.Http.RequestAborted));

    /// <summary>Sends a change once, however often its form is sent. A change needs a reason.</summary>
    internal static async Task<IResult> Send(
        PageContext page, IFormCollection form, string back, string done, Func<Caller, string, Task<CommandResult<EntrySnapshot>>> send)
    {
        var caller = await FormStamp.Caller(page, FormStamp.SeenVersion(form));
        if (caller.Stamp is { } stamp && await page.Api.CatalogueGrain.Recall(stamp, page.Http.RequestAborted) is { } known)
            return FormAnswers.Of(known, _ => done, back);
        var reason = form["reason"].FirstOrDefault()?.Trim();
        if (reason is not { Length: > 0 and <= Limits.ReasonCharacters } || !TextForms.Reason.Accepts(reason, out _))
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reason"));
        // What was typed stays.
        back += $"{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}reason={Uri.EscapeDataString(reason)}";
        return FormAnswers.Of(await send(caller, reason), _ => done, back);
    }
}
