using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that change roles, remove people and revoke invitations. Each answers with a redirect to the page of people.</summary>
internal static class PeopleForms
{
    private const string People = "/people";

    public static void MapPeopleForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost($"{People}/{{id:guid}}/role", ChangeRole).RequireAuthorization(Policies.Managers).TakesForm();
        endpoints.MapPost($"{People}/{{id:guid}}/remove", Remove).RequireAuthorization(Policies.Managers).TakesForm();
        endpoints.MapPost($"{People}/invitations/{{id:guid}}/revoke", Revoke).RequireAuthorization(Policies.Managers).TakesForm();
    }

    private static async Task<IResult> ChangeRole(PageContext page, PeopleCommands commands, Guid id)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        if (Managed(page, id) is not { } person || !TextForms.Role.TryRead(form["role"].FirstOrDefault() ?? "", out var role, out _)
            || !PeopleRules.Fits(role, person.Institution) || !PeopleList.Manages(page.Who, page.Catalogue, role, person.Institution))
            return NotFound();
        return Answer(page, await commands.ChangeRole(await FormStamp.Caller(page), person.Id, role, page.Http.RequestAborted));
    }

    private static async Task<IResult> Remove(PageContext page, PeopleCommands commands, Guid id) => Managed(page, id) is { } person
        ? Answer(page, await commands.Remove(await FormStamp.Caller(page), person.Id, page.Http.RequestAborted))
        : NotFound();

    private static async Task<IResult> Revoke(PageContext page, PeopleCommands commands, Guid id) =>
        page.Api.Accounts.Invitations.GetValueOrDefault(new(id)) is { } invitation
        && PeopleList.Manages(page.Who, page.Catalogue, invitation.Role, invitation.Institution)
            ? Answer(page, await commands.Revoke(await FormStamp.Caller(page), invitation.Id, page.Http.RequestAborted))
            : NotFound();

    private static IResult Answer<T>(PageContext page, Grains.CommandResult<T> result)
        where T : Snapshot
    {
        var back = People + page.Http.Request.QueryString;
        return FormAnswers.Of(result, _ => back, back);
    }

    private static Account? Managed(PageContext page, Guid id) =>
        page.Api.Accounts.Accounts.GetValueOrDefault(new(id)) is { } account && PeopleList.Manages(page.Who, page.Catalogue, account.Role, account.Institution)
            ? account
            : null;

    private static StatusCodeHttpResult NotFound() => TypedResults.StatusCode(StatusCodes.Status404NotFound);
}
