using System.Globalization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that add a pack to a school, and that raise the packs of many schools, by the commands behind the routes of the API.</summary>
internal static class PackForms
{
    public static void MapPackForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(SetupPaths.AddPack, Add).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(SetupPaths.RaisePacks, Raise).RequireAuthorization(Policies.Operators).TakesForm();
    }

    private static async Task<IResult> Add(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        if (!InstitutionId.TryParse(form["id"].FirstOrDefault() ?? "", out var id)
            || page.Catalogue.Institutions.GetValueOrDefault(id)?.Value is not { } school)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var back = SetupPaths.Of(id);
        if (Reason(form) is not { } reason)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "pack"));
        var members = new System.Text.Json.Nodes.JsonObject
        {
            ["programme"] = FormBody.Text(form["programme"].FirstOrDefault()),
            ["quantity"] = FormBody.Whole(form["quantity"].FirstOrDefault()),
            ["purchasedOn"] = FormBody.Text(form["purchasedOn"].FirstOrDefault()),
            ["reason"] = reason,
        };
        var (body, _) = FormBody.Read<PackBody>(members, (body, faults) => body.CheckPossible(page.Catalogue, school, page.Now, faults));
        if (body is null)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "pack"));
        var added = await page.Api.Queue(id).AddPack(
            new(await FormStamp.Caller(page), body.Programme, body.Quantity, body.PurchasedOn, reason), page.Http.RequestAborted);
        return FormAnswers.Of(added, _ => $"{back}&done=pack", back);
    }

    /// <summary>
    /// Each pack is a change of its own, with a key of its own made from the form's, so that a form that is sent again raises no pack twice. A pack that has
    /// changed since the preview stays as it is.
    /// </summary>
    private static async Task<IResult> Raise(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var raise = PackRaise.Read(name => form[name].FirstOrDefault());
        var back = SetupPaths.With(SetupPaths.Packs, raise.Fields());
        var wanted = form["pack"].OfType<string>().Select(text => text.Split(':')).Where(parts => parts.Length == 2).Take(PackRaise.Most).ToList();
        if (Reason(form) is not { } reason)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reason"));
        if (raise.Add is not { } add || wanted.Count == 0)
            return TypedResults.LocalRedirect(BookPaths.Because(back, "nothing"));
        var caller = await FormStamp.Caller(page);
        var failed = new List<string>();
        foreach (var parts in wanted)
        {
            if (!await RaiseOne(page, caller, parts, add, reason))
                failed.Add(parts[0]);
        }

        var result = string.Create(CultureInfo.InvariantCulture, $"&done={wanted.Count - failed.Count}");
        return TypedResults.LocalRedirect(back + result + string.Concat(failed.Take(50).Select(id => $"&failed={Uri.EscapeDataString(id)}")));
    }

    private static async Task<bool> RaiseOne(PageContext page, Caller caller, string[] parts, int add, string reason)
    {
        if (!Guid.TryParseExact(parts[0], "D", out var id) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            || await page.Api.Ledger.Read.Pack(new(id), page.Http.RequestAborted) is not { } known)
            return false;
        var stamp = caller.Stamp is { } of ? of with { Key = $"{of.Key}/{id:N}" } : null;
        var queue = page.Api.Queue(known.Institution);
        // A repeat finds the pack raised already, and its first answer.
        if (stamp is not null && await queue.Recall(stamp, page.Http.RequestAborted) is CommandResult<Snapshot>.Done)
            return true;
        if (known.Pack.Quantity != seen)
            return false;
        var command = new CorrectPackCommand(caller with { Stamp = stamp }, id, seen + add, null, false, reason);
        return await queue.CorrectPack(command, page.Http.RequestAborted) is CommandResult<PackSnapshot>.Done;
    }

    private static string? Reason(IFormCollection form) =>
        form["reason"].FirstOrDefault()?.Trim() is { Length: > 0 and <= Limits.ReasonCharacters } reason && TextForms.Reason.Accepts(reason, out _)
            ? reason
            : null;
}
