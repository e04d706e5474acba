namespace Scheduler.Api;

/// <summary>
/// Sets the <see cref="ResponseHeaders"/> of every answer just before the answer starts. Headers that are set earlier could be lost, because the exception
/// handler clears the answer.
/// </summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext http)
    {
        http.Response.OnStarting(static state => Apply((HttpContext)state), http);
        return next(http);
    }

    private static Task Apply(HttpContext http)
    {
        var headers = http.GetEndpoint()?.Metadata.GetMetadata<ResponseHeaders>() ?? ResponseHeaders.Api;
        headers.Apply(http.Response.Headers);
        return Task.CompletedTask;
    }
}
