using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that send, change and withdraw a request.</summary>
internal static class QueueEndpoints
{
    private const int GroupCharacters = 20;

    public static void MapQueueForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(BookPaths.SendAsk, Ask).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/queue/{id:guid}/change", Change).RequireAuthorization(Policies.Bookers).TakesForm();
        endpoints.MapPost("/queue/{id:guid}/withdraw", Withdraw).RequireAuthorization(Policies.Bookers).TakesForm();
    }

    /// <summary>A flexible request. The address has the need and the preferred start; the form, or the address, has the windows.</summary>
    private static async Task<IResult> Ask(PageContext page)
    {
        var address = AvailabilityQuery.Read(page, AvailabilitySpan.Week);
        if (AvailabilityQuery.School(page, address) is not { } school || address is not { Pool: { } pool, Start: { } start }
            || address.Need.Wish(pool, start) is not { } wish)
            return NotFound();
        var (windows, group, back) = await Read(page, address.Ask(start));
        if (windows is null || group == 0)
            return TypedResults.LocalRedirect(BookPaths.Because(back, await Fault(page)));
        var command = new JoinCommand(await FormStamp.Caller(page), wish, Weight: 1, [.. windows.Value], group);
        var result = await page.Api.Queue(school.Id).Join(command, page.Http.RequestAborted);
        return Answer(result, joined => $"{BookPaths.Queue}?request={joined.Request.Id}{page.SchoolQuery(school.Id)}", back);
    }

    private static async Task<IResult> Change(PageContext page, Guid id)
    {
        if (await page.RequestInReach(id) is not { } request)
            return NotFound();
        var (windows, group, back) = await Read(page, BookPaths.Widen(request.Id));
        if (windows is null || group == 0)
            return TypedResults.LocalRedirect(BookPaths.Because(back, await Fault(page)));
        var command = new ChangeRequestCommand(
            await FormStamp.Caller(page), id, null, null, null, false, null, [.. windows.Value], group ?? request.Seats);
        var result = await page.Api.Queue(request.Institution).Change(command, page.Http.RequestAborted);
        return Answer(result, changed => $"{BookPaths.Queue}?request={changed.Request.Id}{page.SchoolQuery(request.Institution)}", back);
    }

    private static async Task<IResult> Withdraw(PageContext page, Guid id)
    {
        if (await page.RequestInReach(id) is not { } request)
            return NotFound();
        var result = await page.Api.Queue(request.Institution).Withdraw(new(await FormStamp.Caller(page), id), page.Http.RequestAborted);
        var back = BookPaths.Queue + page.SchoolQuery(request.Institution, "?");
        return FormAnswers.Of(result, _ => $"{BookPaths.Queue}?withdrawn{page.SchoolQuery(request.Institution)}", back);
    }

    /// <summary>What is wrong with the windows or the smallest group of the form.</summary>
    private static async Task<string> Fault(PageContext page) =>
        WindowFields.LacksWeekday(await page.Http.Request.ReadFormAsync(page.Http.RequestAborted)) ? "days" : "windows";

    /// <summary>The windows and the smallest group, and the address of the page that shows them again.</summary>
    private static async Task<(ImmutableArray<RequestWindow>? Windows, int? Group, string Back)> Read(PageContext page, string ask)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var windows = form.ContainsKey("from") ? WindowFields.Of(form)
            : WindowFields.Of(page.Http.Request.Query) is { IsEmpty: false } named ? named
            : (ImmutableArray<RequestWindow>?)null;
        var group = WindowFields.Group(form[WindowFields.GroupField]);
        // What was typed stays, also where nobody can read a value.
        var typed = form[WindowFields.GroupField].FirstOrDefault() is { Length: > 0 and <= GroupCharacters } text
            ? $"&{WindowFields.GroupField}={Uri.EscapeDataString(text)}" : "";
        var query = (form.ContainsKey("from") ? WindowFields.Typed(form) : windows is null ? "" : WindowFields.Query(windows.Value)) + typed;
        return (windows, group, query.Length == 0 ? ask : $"{ask}{(ask.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }

    /// <summary>A refusal for want of a candidate also says why no block is one.</summary>
    private static IResult Answer(CommandResult<RequestSnapshot> result, Func<RequestSnapshot, string> done, string back) =>
        result is CommandResult<RequestSnapshot>.Refused(Refusal.NoCandidates(var why, _) none)
            ? TypedResults.LocalRedirect(BookPaths.Because(back, $"{none.Code}.{why}"))
            : FormAnswers.Of(result, done, back);


    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
