using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// Around every call: bounds how many are answered at once, sets the headers that every answer has, and turns what no route took, and what went wrong, into problem documents.
/// Exceptions are bugs or a broken world, and this is the one place that catches them.
/// </summary>
internal sealed partial class Gate(RequestDelegate next, ILogger<Gate> log, GateBounds bounds, IHostApplicationLifetime life)
{
    private int _inside;

    public async Task Invoke(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        try
        {
            if (Interlocked.Increment(ref _inside) > bounds.CallsAtOnce && !http.Request.Path.StartsWithSegments("/health"))
            {
                await AnswerWriter.Write(http, Problems.Busy());
                return;
            }

            await next(http);
            if (!http.Response.HasStarted && Unrouted(http.Response.StatusCode) is { } problem && http.Response.ContentLength is null)
                await AnswerWriter.Write(http, problem);
        }
        catch (Exception fault)
        {
            await Answer(http, fault);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private static Answer? Unrouted(int status) => status switch
    {
        StatusCodes.Status404NotFound => DoorProblems.NoSuchAddress(),
        StatusCodes.Status405MethodNotAllowed => DoorProblems.WrongMethod(),
        _ => null,
    };

    private async Task Answer(HttpContext http, Exception fault)
    {
        if (http.RequestAborted.IsCancellationRequested)
            return;
        var answer = Problem(http, fault);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Headers.ETag = default;
        await AnswerWriter.Write(http, answer);
    }

    private Answer Problem(HttpContext http, Exception fault)
    {
        var (method, path) = (http.Request.Method, http.Request.Path);
        switch (fault)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return DoorProblems.TooLarge();
            case BadHttpRequestException bad:
                return DoorProblems.BadMessage(bad.StatusCode);
        }

        var isReading = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (BrokenWorld.IsIn(fault))
            Away(log, method, path, fault);
        else if (life.ApplicationStopping.IsCancellationRequested)
            Stopping(log, method, path, fault);
        else
        {
            Bug(log, method, path, http.TraceIdentifier, fault);
            return DoorProblems.Internal(http.TraceIdentifier);
        }

        return isReading ? Problems.Unavailable() : DoorProblems.Unknown();
    }

    [LoggerMessage(1, LogLevel.Warning, "{Method} {Path} got no answer from the ledger or the grains; its caller was told to repeat it.")]
    private static partial void Away(ILogger log, string method, string path, Exception fault);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Path} came too late before the stop; its caller was told to repeat it.")]
    private static partial void Stopping(ILogger log, string method, string path, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "{Method} {Path} failed (trace {Trace}). This is a bug.")]
    private static partial void Bug(ILogger log, string method, string path, string trace, Exception fault);
}

/// <summary>How many calls are answered at once; tests set fewer.</summary>
internal sealed record GateBounds(int CallsAtOnce = Limits.CallsAtOnce);
