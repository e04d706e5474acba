namespace Scheduler.Api;

/// <summary>The link that switches the language: keeps the choice in a cookie and goes back to the page.</summary>
internal static class LanguageEndpoint
{
    /// <summary>The address that switches to a language and comes back.</summary>
    public static string Address(PageLanguage language, string back) => $"/language/{language.Tag}?back={Uri.EscapeDataString(back)}";

    public static void MapLanguage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/language/{tag}", RouteConventions.Reading, Switch).AllowAnonymous().ExcludeFromDescription();

    private static IResult Switch(HttpContext http, string tag, string? back)
    {
        if (PageLanguage.Of(tag) is not { } language)
            return ApiProblem.NoSuchAddress();
        PageCookies.KeepLanguage(http, language);
        return TypedResults.LocalRedirect(PageRequests.Local(back));
    }
}
