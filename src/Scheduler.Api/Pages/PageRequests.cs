using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Scheduler.Api;

/// <summary>Tells requests for pages from calls of the API.</summary>
internal static class PageRequests
{
    private static readonly string[] _otherPaths = [ApiSetup.BasePath, "/openapi", "/health", "/feeds", ReferencePage.Path];

    /// <summary>Whether the endpoint of the request is a page.</summary>
    public static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>Whether the endpoint takes a form of a page, with an antiforgery token.</summary>
    public static bool TakesForm(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true };

    /// <summary>Whether a browser asks for a document at an address of pages. Such a request gets pages for its errors too.</summary>
    public static bool WantsPage(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !_otherPaths.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a page answers the request, also when the request is refused: a page was asked for, or a browser sent a form of a page.</summary>
    public static bool HasPageAsAnswer(HttpContext http) => IsPage(http) || WantsPage(http);

    /// <summary>The address when it is a path on this server, otherwise the path of the first page.</summary>
    public static string Local(string? address) => address is ['/', ..] && RedirectHttpResult.IsLocalUrl(address) ? address : "/";

    /// <summary>
    /// The address of this server that a reader sees: of the request itself, or of the page whose form was sent; the first page when that is not known.
    /// </summary>
    public static string Seen(HttpContext http)
    {
        var request = http.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsPage(http))
            return Local(request.PathBase + request.Path + request.QueryString);
        return Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Scheme == request.Scheme
            && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? Local(page.PathAndQuery)
            : "/";
    }
}
