namespace Scheduler.Api;

/// <summary>The end of a call that goes on until something happens, or whose answer takes long.</summary>
internal static class StoppingToken
{
    /// <summary>Cancelled when the caller has closed the connection, or when the server begins to stop.</summary>
    public static CancellationToken Of(HttpContext http, ApiContext api)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, api.Stopping);
        http.Response.RegisterForDispose(either);
        return either.Token;
    }
}
