using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The forms that change the capacity of a pool, by the commands behind the routes of the API. Each answers with a redirect to a page, which shows the present
/// figures when nothing was changed.
/// </summary>
internal static class CapacityForms
{
    public static void MapCapacityForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(CapacityPaths.Save, Save).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(CapacityPaths.SaveTemplate, SaveTemplate).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(CapacityPaths.SaveUndo, SaveUndo).RequireAuthorization(Policies.Operators).TakesForm();
    }

    private static async Task<IResult> Save(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var address = CapacityAddress.Read(name => form[name].FirstOrDefault());
        if (Pool(page, address.Pool) is not { } pool || !address.IsWhole)
            return NotFound();
        return await Answer(page, form, address.ToString(), address.Week().ToString(), (caller, isForced, reason) =>
        {
            var capacity = page.Catalogue.Capacities.GetValueOrDefault(pool.Id)?.Value ?? PoolCapacity.None;
            var wanted = WantedHours.Of(page, pool, capacity, address, keepsTaken: form["way"].FirstOrDefault() == "room");
            return wanted.Ranges.IsEmpty
                ? null
                : page.Api.CatalogueGrain.SetExceptions(new(caller, pool.Id.Text, [.. wanted.Ranges], isForced, reason), page.Http.RequestAborted);
        });
    }

    private static async Task<IResult> SaveTemplate(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var fields = TemplateFields.Read(name => form[name]);
        if (Pool(page, fields.Pool) is not { } pool || fields.Template(pool, page.Now) is not { } template)
            return NotFound();
        var week = new CapacityAddress { Pool = pool.Id, From = template.From }.ToString();
        return await Answer(page, form, fields.ToString(), week, (caller, isForced, reason) =>
            page.Api.CatalogueGrain.SetTemplate(new(caller, pool.Id.Text, template, isForced, reason), page.Http.RequestAborted));
    }

    private static async Task<IResult> SaveUndo(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        if (Pool(page, PoolId.TryParse(form["pool"].FirstOrDefault() ?? "", out var id) ? id : null) is not { } pool)
            return NotFound();
        var last = await LastChange.Read(page, pool);
        var week = new CapacityAddress { Pool = pool.Id, From = last?.From.InZone(pool.Zone).Date }.ToString();
        return await Answer(page, form, $"{CapacityPaths.Undo}?pool={pool.Id.Text}", week, (caller, isForced, reason) =>
            last?.Send(page, caller, pool, isForced, reason));
    }

    /// <summary>Sends a change once, however often its form is sent.</summary>
    /// <param name="page">The page.</param>
    /// <param name="form">The form.</param>
    /// <param name="back">The page that shows why nothing was changed.</param>
    /// <param name="done">The page after the change.</param>
    /// <param name="send">Sends the command; null when there is nothing to change.</param>
    private static async Task<IResult> Answer(
        PageContext page, IFormCollection form, string back, string done, Func<Caller, bool, string?, Task<CommandResult<CapacitySnapshot>>?> send)
    {
        done += "&done=1";
        var caller = await FormStamp.Caller(page, FormStamp.SeenVersion(form));
        if (caller.Stamp is { } stamp && await page.Api.CatalogueGrain.Recall(stamp, page.Http.RequestAborted) is { } known)
            return FormAnswers.Of(known, _ => done, back);
        var isForced = form["way"].FirstOrDefault() == "force";
        var reason = form["reason"].FirstOrDefault()?.Trim() is { Length: > 0 } typed ? typed : null;
        // What was typed stays.
        if (!back.Contains("&reason=", StringComparison.Ordinal) && reason is { Length: <= Limits.ReasonCharacters })
            back += $"{(isForced ? "&way=force" : "")}&reason={Uri.EscapeDataString(reason)}";
        if (isForced ? reason is null || !TextForms.Reason.Accepts(reason, out _) : reason is not null && !TextForms.Reason.Accepts(reason, out _))
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reason"));
        return send(caller, isForced, reason) is { } sent
            ? FormAnswers.Of(await sent, _ => done, back)
            : TypedResults.LocalRedirect(BookPaths.Because(back, "nothing"));
    }

    private static Pool? Pool(PageContext page, PoolId? id) =>
        id is { } named && page.Catalogue.Pools.TryGetValue(named, out var pool) && pool.Value.Retired is null ? pool.Value : null;

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
