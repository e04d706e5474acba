using Microsoft.AspNetCore.Http.HttpResults;
using Scalar.AspNetCore;

namespace Scheduler.Api;

/// <summary>
/// The reference for people at <c>/docs/api</c>, made in the browser from the OpenAPI document. The page loads nothing from another host: this server serves
/// the script and the document.
/// </summary>
internal static class ReferencePage
{
    public const string Path = "/docs/api";

    /// <summary>The page runs scripts of this server, one of them inline, and the scripts make its styles. The page may connect only to this server.</summary>
    private static readonly ResponseHeaders _headers = new()
    {
        ContentSecurityPolicy =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            + "font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    };

    /// <summary>The page with its language, which programs that read pages aloud need.</summary>
    private static object? InEnglish(object? answer) => answer is ContentHttpResult { ResponseContent: { } html, ContentType: { } type }
        ? TypedResults.Content(html.Replace("<html>", "<html lang=\"en\">", StringComparison.Ordinal), type)
        : answer;

    public static void MapReferencePage(this IEndpointRouteBuilder endpoints) => endpoints
        .MapScalarApiReference(Path, options =>
        {
            options.Title = "Scheduler API";
            options.OpenApiRoutePattern = ApiSetup.DocumentPath;
            options.DefaultFonts = false;
            options.ProxyUrl = null;
            // These parts send the reader, or what the reader types, to another host.
            options.Telemetry = false;
            options.HideClientButton = true;
            options.HideDeveloperTools().DisableAgent();
        })
        .AddEndpointFilter(static async (call, next) => call.HttpContext.GetRouteValue("documentName") is null or DocumentSetup.Name
            ? InEnglish(await next(call))
            : ApiProblem.NoSuchAddress())
        .WithMetadata(_headers).AllowAnonymous().ExcludeFromDescription();
}
