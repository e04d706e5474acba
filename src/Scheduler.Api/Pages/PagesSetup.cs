using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;

namespace Scheduler.Api;

/// <summary>
/// Adds the pages: Razor components that the server renders to plain documents. There are no circuits and no streamed parts, so a page is whole when it
/// arrives, and any process of a cluster can answer.
/// </summary>
internal static class PagesSetup
{
    /// <summary>The list of the static files, which the build makes.</summary>
    private const string StaticFiles = "Scheduler.Api.staticwebassets.endpoints.json";

    /// <summary>Address of the page that tells why there is no page.</summary>
    private const string StatusPath = "/status";

    private static readonly ResponseHeaders _pageHeaders = new()
    {
        ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ReferrerPolicy = "same-origin",
    };

    private static readonly ResponseHeaders _fileHeaders = ResponseHeaders.Api with { CacheControl = null };

    public static void AddSchedulerPages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<PageContext>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<QueuedCounts>();
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(PageLanguage.English.Tag);
            options.SupportedCultures = options.SupportedUICultures = [.. PageLanguage.All.Select(one => new System.Globalization.CultureInfo(one.Tag))];
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
                [new CookieRequestCultureProvider { CookieName = PageCookies.LanguageName }, new AcceptedLanguages()];
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "scheduler-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddResponseCompression(options => options.MimeTypes = ["text/html"]);
        services.AddRazorComponents();
    }

    /// <summary>Turns the errors of requests for pages into pages. Comes before the exception handler, which leaves these answers without a body.</summary>
    public static void UsePageErrors(this IApplicationBuilder app) =>
        app.UseWhen(PageRequests.WantsPage, pages =>
        {
            // Only over plain HTTP. Behind TLS, a proxy decides whether to compress.
            pages.UseResponseCompression();
            pages.UseStatusCodePagesWithReExecute(StatusPath, createScopeForStatusCodePages: true);
            pages.Use(ReadStatusPage);
        });

    /// <summary>The page of a status is read, whatever the request was: the refused form is not looked at again.</summary>
    private static Task ReadStatusPage(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            http.Request.Method = HttpMethods.Get;
            http.Features.Set<IAntiforgeryValidationFeature>(null);
        }

        return next(http);
    }

    /// <summary>The middleware of pages alone. Comes after the authorization.</summary>
    public static void UseSchedulerPages(this IApplicationBuilder app)
    {
        app.UseMiddleware<OriginCheck>();
        app.UseWhen(http => PageRequests.IsPage(http) || PageRequests.TakesForm(http) || http.Request.Path == LiveEndpoint.Path, pages =>
        {
            pages.UseRequestLocalization();
            pages.UseAntiforgery();
            pages.Use(SchoolReach.Check);
            pages.Use(FormConventions.NamesForm);
        });
        app.UseWhen(SavesTable, static tables => tables.UseRequestLocalization());
    }

    /// <summary>Whether a reader saves a table from a page: the heads of its columns are in the language of the pages.</summary>
    private static bool SavesTable(HttpContext http) =>
        http.Request.Path.StartsWithSegments(ApiSetup.BasePath, StringComparison.OrdinalIgnoreCase) && http.Request.Query.ContainsKey("format")
        && TableHeads.IsReader(http);

    public static void MapSchedulerPages(this IEndpointRouteBuilder endpoints)
    {
        // The framework maps an endpoint for its own script beside the pages. Nobody has to sign in for that endpoint, and no page may be open by mistake.
        var group = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && path.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
        });
        group.MapStaticAssets(StaticFiles).AllowAnonymous().WithMetadata(_fileHeaders);
        var pages = group.MapRazorComponents<App>().WithStaticAssets(StaticFiles);
        pages.WithMetadata(_pageHeaders);
        pages.Add(page => page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post])));
        endpoints.MapLanguage();
        endpoints.MapBook();
        endpoints.MapLive();
        endpoints.MapBookingForms();
        endpoints.MapQueueForms();
        endpoints.MapPeopleForms();
        endpoints.MapKeyForms();
        endpoints.MapCapacityForms();
        endpoints.MapPlanForms();
        endpoints.MapSetupForms();
        endpoints.MapImportForms();
        endpoints.MapPackForms();
        endpoints.MapSecurity();
        endpoints.MapSignIn();
        endpoints.MapProviders();
        endpoints.MapJoinPasskey();
    }
}
