using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Scheduler.Api;

/// <summary>
/// Adds the providers of OpenID Connect. The framework checks state, nonce, PKCE, signature, issuer, audience and times; <see cref="ProviderSignIn"/> decides
/// who may come in.
/// </summary>
internal static class ProviderSetup
{
    /// <summary>How long the server waits for an answer of a provider.</summary>
    private static readonly TimeSpan _wait = TimeSpan.FromSeconds(10);

    public static void AddSchedulerProviders(this IServiceCollection services, SchedulerOptions options)
    {
        var providers = new SignInProviders(SignInProvider.All(options));
        services.AddSingleton(providers);
        services.AddScoped<ProviderSignIn>();
        foreach (var provider in providers.All)
            services.AddAuthentication().AddOpenIdConnect(provider.Scheme, provider.Options.Name, connect => Configure(connect, provider));
    }

    private static void Configure(OpenIdConnectOptions connect, SignInProvider provider)
    {
        connect.Authority = provider.Options.Authority;
        connect.RequireHttpsMetadata = !new Uri(provider.Options.Authority).IsLoopback;
        connect.ClientId = provider.Options.ClientId;
        connect.ClientSecret = provider.Options.ClientSecret;
        connect.CallbackPath = provider.Callback;
        connect.SignInScheme = IdentityConstants.ExternalScheme;
        connect.ResponseType = OpenIdConnectResponseType.Code;
        // The provider sends the browser back with a plain link: no form of another site arrives here, and the cookies of the sign-in are not for other sites.
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        connect.UsePkce = true;
        connect.MapInboundClaims = false;
        // The framework drops the issuer unless a setting says otherwise.
        connect.ClaimActions.Remove("iss");
        connect.DisableTelemetry = true;
        connect.BackchannelTimeout = _wait;
        connect.Scope.Clear();
        foreach (var scope in new[] { "openid", "email", "profile" })
            connect.Scope.Add(scope);
        foreach (var cookie in new[] { connect.NonceCookie, connect.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        connect.Events.OnTicketReceived = async ticket =>
        {
            var next = await ticket.HttpContext.RequestServices.GetRequiredService<ProviderSignIn>()
                .End(ticket.HttpContext, provider, ticket.Principal!, ticket.Properties!);
            ticket.Response.Redirect(next);
            ticket.HandleResponse();
        };
        connect.Events.OnRemoteFailure = failed =>
        {
            failed.HttpContext.RequestServices.GetRequiredService<ILogger<ProviderSignIn>>().LogWarning(
                failed.Failure, "A sign-in at the provider {Provider} failed", provider.Id);
            failed.Response.Redirect(SignInPaths.NoProvider("failed"));
            failed.HandleResponse();
            return Task.CompletedTask;
        };
    }
}
