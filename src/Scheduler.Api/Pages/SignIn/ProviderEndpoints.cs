using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The links that begin a sign-in at a provider. A link, and no form: a form may lead to this server alone (form-action), and its redirect would lead
/// elsewhere.
/// </summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet($"{SignInPaths.Provider}/{{id}}", Begin).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Begin(HttpContext http, [FromServices] SignInProviders providers, ApiContext api, string id, string? back, string? code)
    {
        if (providers.Find(id) is not { } provider)
            return ApiProblem.NoSuchAddress();
        var state = new AuthenticationProperties();
        if (back is not null)
            state.Items[ProviderSignIn.Back] = PageRequests.Local(back);
        if (code is not null)
        {
            if (code.Length is 0 or > ApiKeySecret.MaxLength || api.Accounts.BySecret(ApiKeySecret.Hash(code)) is null)
                return ApiProblem.NoSuchAddress();
            state.Items[ProviderSignIn.Invitation] = ApiKeySecret.Hash(code);
        }

        try
        {
            await http.ChallengeAsync(provider.Scheme, state);
            return Results.Empty;
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException
            || (fault is TaskCanceledException && !http.RequestAborted.IsCancellationRequested))
        {
            http.RequestServices.GetRequiredService<ILogger<ProviderSignIn>>().LogWarning(fault, "The provider {Provider} cannot be reached", provider.Id);
            return TypedResults.LocalRedirect(SignInPaths.NoProvider("failed"));
        }
    }
}
