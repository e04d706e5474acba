namespace Scheduler.Api;

/// <summary>Refuses messages that the web server lets pass although they are malformed.</summary>
internal sealed class MessageCheck(RequestDelegate next)
{
    public Task Invoke(HttpContext http) =>
        IsMalformed(http.Request) ? ApiProblem.BadMessage(StatusCodes.Status400BadRequest).Write(http).AsTask() : next(http);

    private static bool IsMalformed(HttpRequest request)
    {
        // Only HTTP/1.0 may come without the name of a host.
        if (!request.Host.HasValue && !HttpProtocol.IsHttp10(request.Protocol))
            return true;
        // The web server undoes no other coding than chunked, so the body would be something else than the sender meant.
        var coding = request.Headers.TransferEncoding;
        return coding.Count > 0 && !string.Equals(coding.ToString(), "chunked", StringComparison.OrdinalIgnoreCase);
    }
}
