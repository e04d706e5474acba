using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;

namespace Scheduler.Api;

/// <summary>Endpoints beside the pages that take forms of pages.</summary>
internal static class FormConventions
{
    /// <summary>The field by which the framework finds the form of a page.</summary>
    private const string Handler = "_handler";

    /// <summary>The endpoint takes a form with an antiforgery token. Without a valid token, the form is refused.</summary>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route) => route.ExcludeFromDescription().WithMetadata(Requirement.Instance)
        .AddEndpointFilter(static (call, next) => Fault(call.HttpContext) is { } status
            ? ValueTask.FromResult<object?>(TypedResults.StatusCode(status))
            : next(call));

    /// <summary>
    /// Refuses a change at the address of a page that names none of the page's forms. The framework answers it with an empty document, which no browser and no
    /// program could show.
    /// </summary>
    public static async Task NamesForm(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !PageRequests.IsPage(http))
            await next(http);
        else if (Fault(http) is { } status)
            http.Response.StatusCode = status;
        else if (string.IsNullOrEmpty(http.Request.Query[Handler]) && string.IsNullOrEmpty((await http.Request.ReadFormAsync(http.RequestAborted))[Handler]))
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        else
            await next(http);
    }

    // The framework's own look at the form throws when the token was not valid.
    private static int? Fault(HttpContext http) =>
        !IsForm(http.Request) ? StatusCodes.Status415UnsupportedMediaType
        : http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } ? null
        : StatusCodes.Status400BadRequest;

    private static bool IsForm(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase));

    private sealed class Requirement : IAntiforgeryMetadata
    {
        public static Requirement Instance { get; } = new();

        public bool RequiresValidation => true;
    }
}
