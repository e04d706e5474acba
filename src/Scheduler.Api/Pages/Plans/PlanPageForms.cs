using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The forms that end, apply and discard plans, and that make tried seats the capacity. Each sends the command of the HTTP route and answers with a redirect.
/// </summary>
internal static class PlanPageForms
{
    public static void MapPlanForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/plans/{id:guid}/finish", Finish).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost("/plans/{id:guid}/apply", Apply).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost("/plans/{id:guid}/cancel", Cancel).RequireAuthorization(Policies.Operators).TakesForm();
        endpoints.MapPost(PlanPaths.Keep, Keep).RequireAuthorization(Policies.Operators).TakesForm();
    }

    private static Task<IResult> Finish(PageContext page, Guid id) => Send(page, id, "finished", page.Api.Plans.Finish);

    private static Task<IResult> Apply(PageContext page, Guid id) => Send(page, id, "applied", page.Api.Plans.Apply);

    private static Task<IResult> Cancel(PageContext page, Guid id) => Send(page, id, "cancelled", page.Api.Plans.Cancel);

    private static async Task<IResult> Send(
        PageContext page, Guid id, string done, Func<PlanCommand, CancellationToken, Task<CommandResult<PlanSnapshot>>> send)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var result = await send(new(await FormStamp.Caller(page, FormStamp.SeenVersion(form)), id), page.Http.RequestAborted);
        var path = PlanPaths.Of(new(id));
        return FormAnswers.Of(result, _ => $"{path}?done={done}", path);
    }

    /// <summary>One commit raises the capacity of one pool, with the reason in the record.</summary>
    private static async Task<IResult> Keep(PageContext page)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var back = PageRequests.Local(form["back"].FirstOrDefault());
        var reason = form["reason"].FirstOrDefault()?.Trim();
        if (!PoolId.TryParse(form["pool"].FirstOrDefault() ?? "", out var id) || !page.Catalogue.Pools.TryGetValue(id, out var known))
            return NotFound();
        if (reason is not { Length: > 0 and <= Limits.ReasonCharacters } || !TextForms.AnyText.Accepts(reason, out _))
            return TypedResults.LocalRedirect(BookPaths.Because(back, "reason"));
        var where = TriedSeats.Read(form["where"].FirstOrDefault() ?? "", id);
        var faults = new FieldFaults();
        var body = new RaiseBody
        {
            Where = [.. where.Select(range => new CapacityChangeBody { Pool = range.Pool, From = range.From, To = range.To, Add = range.Add })],
            Version = FormStamp.SeenVersion(form) ?? -1,
            Reason = reason,
        };
        body.Check(faults);
        body.CheckPool(known.Value, page.Catalogue.Capacities.GetValueOrDefault(id)?.Value ?? PoolCapacity.None, page.Now, faults);
        if (faults.Problem() is not null || where.Length > Limits.RaisedRanges
            || !where.All(range => known.Value.Grid.IsStart(range.From) && known.Value.Grid.IsStart(range.To)))
            return TypedResults.LocalRedirect(BookPaths.Because(back, "seats"));
        var command = new RaiseCommand(await FormStamp.Caller(page, body.Version), id.Text, body.ToAdded(), reason);
        var result = await page.Api.CatalogueGrain.Raise(command, page.Http.RequestAborted);
        return FormAnswers.Of(result, _ => $"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}done=kept", back);
    }

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
