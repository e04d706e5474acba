using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace Scheduler.Api;

/// <summary>The ways to sign in: an API key in the header of a call, and a cookie for browsers.</summary>
internal static class SignInSetup
{
    /// <summary>Chooses one of the other schemes for each request.</summary>
    private const string ChoosingScheme = "Choose";

    public static void AddSchedulerSignIn(this IServiceCollection services)
    {
        services.AddTransient<ApiKeyAuthentication>();
        services.AddScoped<SessionCookie>();
        services.AddDataProtection().SetApplicationName("Scheduler");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(
            static (keys, provider) => keys.XmlRepository = provider.GetService<CookieKeyStore>());
        var authentication = services.AddAuthentication(ChoosingScheme);
        services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(options =>
            options.AddScheme<ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null));
        authentication.AddPolicyScheme(ChoosingScheme, null, options => options.ForwardDefaultSelector = Choose);
        authentication.AddCookie(SessionCookie.SchemeName, Configure);
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => ConfigureStep(options, AccountSetup.StepCookie));
        authentication.AddCookie(IdentityConstants.ExternalScheme, options => ConfigureStep(options, AccountSetup.ExternalCookie));
        services.AddSchedulerAccounts();
    }

    private static string Choose(HttpContext http) =>
        PageRequests.IsPage(http) || (http.Request.Headers.Authorization.Count == 0
            && (http.Request.Cookies.ContainsKey(SessionCookie.CookieName) || PageRequests.WantsPage(http)))
            ? SessionCookie.SchemeName
            : ApiKeyAuthentication.SchemeName;

    /// <summary>The cookie between two steps of one sign-in.</summary>
    private static void ConfigureStep(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        // Lax: a provider's redirect leads to the form for the code.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = SessionCookie.CookieName;
        options.Cookie.HttpOnly = true;
        // Lax: a link in a mail opens the page signed in, and no other site's form is sent with the cookie.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = SignInPaths.SignIn;
        options.ReturnUrlParameter = SignInPaths.Back;
        options.EventsType = typeof(SessionCookie);
    }
}
