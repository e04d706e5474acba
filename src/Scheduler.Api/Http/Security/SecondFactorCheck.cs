namespace Scheduler.Api;

/// <summary>
/// Outside of the demonstration, an operator who signed in with a password alone reaches nothing but the pages on which a second factor or a passkey is set up.
/// </summary>
internal sealed class SecondFactorCheck(RequestDelegate next)
{
    private static readonly string[] _open = [SignInPaths.SecondFactor, SignInPaths.Passkeys, SignInPaths.SignOut, "/language", "/status"];

    public Task Invoke(HttpContext http)
    {
        if (SignedInIdentity.Of(http.User) is not { NeedsSecondFactor: true } || IsOpen(http))
            return next(http);
        if (!PageRequests.HasPageAsAnswer(http))
            return ApiProblem.Forbidden().Write(http).AsTask();
        http.Response.Redirect(SignInPaths.SecondFactor);
        return Task.CompletedTask;
    }

    /// <summary>Files and pages for everybody are open too.</summary>
    private static bool IsOpen(HttpContext http) =>
        _open.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        || http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null;
}
