using Microsoft.AspNetCore.Antiforgery;

namespace Scheduler.Api;

/// <summary>Endpoints beside the pages that take forms of pages.</summary>
internal static class FormConventions
{
    /// <summary>The endpoint takes a form with an antiforgery token. Without a valid token, the form is refused.</summary>
    public static RouteHandlerBuilder TakesForm(this RouteHandlerBuilder route) => route.ExcludeFromDescription().WithMetadata(Requirement.Instance)
        .AddEndpointFilter(static (call, next) => call.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? next(call)
            : ValueTask.FromResult<object?>(TypedResults.StatusCode(StatusCodes.Status400BadRequest)));

    private sealed class Requirement : IAntiforgeryMetadata
    {
        public static Requirement Instance { get; } = new();

        public bool RequiresValidation => true;
    }
}
