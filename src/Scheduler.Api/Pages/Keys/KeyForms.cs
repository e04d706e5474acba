using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The form that revokes an API key. The answer is a redirect to the page of keys.</summary>
internal static class KeyForms
{
    /// <summary>The page of keys.</summary>
    public const string Keys = "/keys";

    public static void MapKeyForms(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost($"{Keys}/{{id:guid}}/revoke", Revoke).RequireAuthorization(Policies.Managers).TakesForm();

    private static async Task<IResult> Revoke(PageContext page, PeopleCommands commands, Guid id)
    {
        if (page.Catalogue.ApiKeys.GetValueOrDefault(new(id))?.Value is not { } key
            || !KeyList.Manages(page.Who, page.Catalogue, key.Role, key.Institution))
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var caller = await FormStamp.Caller(page);
        var revoked = await page.Api.CatalogueGrain.RevokeKey(new(caller, id), page.Http.RequestAborted);
        var back = Keys + page.Http.Request.QueryString;
        return FormAnswers.Of(await commands.EndInvitationsOf(caller, key.Id, revoked, page.Http.RequestAborted), _ => back, back);
    }
}
