using System.Data.Common;
using Orleans.Runtime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// Around every call: bounds how many are answered at once, sets the headers that every answer has, and turns what no route took, and what went wrong, into problem documents.
/// Exceptions are bugs or a broken world, and this is the one place that catches them.
/// </summary>
internal sealed partial class Gate(RequestDelegate next, ILogger<Gate> log, GateBounds bounds)
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
        StatusCodes.Status404NotFound => DoorProblems.NoSuchRoute(),
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
        switch (fault)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return DoorProblems.TooLarge();
            case BadHttpRequestException bad:
                return DoorProblems.BadMessage(bad.StatusCode);
            case TimeoutException or OrleansException:
                Slow(log, http.Request.Method, http.Request.Path, fault);
                return DoorProblems.Unknown();
            case DbException:
                Unreachable(log, http.Request.Method, http.Request.Path, fault);
                return Problems.Unavailable();
            default:
                Bug(log, http.Request.Method, http.Request.Path, http.TraceIdentifier, fault);
                return DoorProblems.Internal(http.TraceIdentifier);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Method} {Path} got no answer in time; its caller was told to repeat it.")]
    private static partial void Slow(ILogger log, string method, string path, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} could not reach the ledger; its caller was told to repeat it.")]
    private static partial void Unreachable(ILogger log, string method, string path, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "{Method} {Path} failed (trace {Trace}). This is a bug.")]
    private static partial void Bug(ILogger log, string method, string path, string trace, Exception fault);
}

/// <summary>How many calls are answered at once; tests set fewer.</summary>
internal sealed record GateBounds(int CallsAtOnce = Limits.CallsAtOnce);
