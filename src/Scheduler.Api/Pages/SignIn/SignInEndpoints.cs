using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Scheduler.Demo;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The forms that sign in with one click, prolong the sign-in, and sign out. Each answers with a redirect to a page.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in/demo/{person}", AsDemoPerson).AllowAnonymous().TakesForm();
        endpoints.MapPost("/sign-out", (Delegate)SignOut).AllowAnonymous().TakesForm();
        endpoints.MapPost(SignInPaths.Keep, (Delegate)Keep).RequireAuthorization(Policies.SignedIn).TakesForm();
    }

    /// <summary>Signs in as a person of the demonstration. Without a demonstration, the address does not exist.</summary>
    private static async Task<IResult> AsDemoPerson(HttpContext http, ApiContext api, string person, [FromServices] DemoLoading? demo = null)
    {
        var secret = DemoPeople.All.FirstOrDefault(one => one.Name == person) is { } known
            ? demo?.Report?.Keys.FirstOrDefault(key => key.Role == known.Role)?.Secret
            : null;
        if (secret is null || !api.Catalogue.Current.KeysByHash.TryGetValue(ApiKeySecret.Hash(secret), out var key))
            return ApiProblem.NoSuchAddress();
        await SessionCookie.SignIn(http, key);
        return TypedResults.LocalRedirect(NavigationEntry.First(key.Role));
    }

    /// <summary>Prolongs the sign-in, and leads back to the page.</summary>
    private static async Task<IResult> Keep(HttpContext http)
    {
        await SessionCookie.Prolong(http);
        return TypedResults.LocalRedirect(PageRequests.Seen(http));
    }

    /// <summary>A person who signs out ends the session too, so that a copy of the cookie is worth nothing.</summary>
    private static async Task<IResult> SignOut(HttpContext http, AccountReader reader)
    {
        if (SignedInIdentity.Of(http.User)?.Session is { } session)
            await reader.Change(http, account => account with { Sessions = account.Sessions.RemoveAll(one => one.Id == session) });
        await http.SignOutAsync(SessionCookie.SchemeName);
        return TypedResults.LocalRedirect("/");
    }
}
