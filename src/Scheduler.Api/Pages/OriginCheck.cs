namespace Scheduler.Api;

/// <summary>
/// Refuses a change that another site's page sends with the reader's cookie. A change with an API key cannot come from another site, because browsers add no
/// key of their own. Forms have an antiforgery token too; this check also protects the calls of our scripts, which have none.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next)
{
    public Task Invoke(HttpContext http) => IsSafe(http.Request) || !IsByCookie(http) || IsOwn(http.Request)
        ? next(http)
        : Refuse(http);

    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    /// <summary>Whether the caller is known by a cookie, or the form itself may sign somebody in.</summary>
    private static bool IsByCookie(HttpContext http) =>
        SignedInIdentity.Of(http.User) is { AuthenticationType: SessionCookie.SchemeName }
        || PageRequests.TakesForm(http);

    /// <summary>Whether the request comes from a page of this server. Every browser sends at least one of the two headers with a change.</summary>
    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site is "same-origin";
        return request.Headers.Origin is [{ } origin] && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task Refuse(HttpContext http)
    {
        if (!PageRequests.WantsPage(http))
            return ApiProblem.OtherSite().Write(http).AsTask();
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }
}
