using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Orleans.Runtime;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Turns an exception into a problem document. An exception means a malformed message (4xx), too many calls at once (429 <c>busy</c>), a dependency that does
/// not answer now (503 <c>unavailable</c>: the ledger, a silo, a call that was cancelled), or a bug (500 <c>internal</c>, logged with its trace). A repeat
/// helps only after 429 and 503.
/// </summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log, IHostApplicationLifetime life) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Problem(httpContext, exception);
        // The page of a status is made when this answer has no body.
        if (PageRequests.WantsPage(httpContext))
            httpContext.Response.StatusCode = problem.Status!.Value;
        else
            await problem.Write(httpContext);
        return true;
    }

    /// <summary>Whether the exception, or one inside it, says that a dependency does not answer now.</summary>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        null => false,
        LedgerUnreachableException or DbException => true,
        TimeoutException or OrleansException or SocketException or OperationCanceledException => true,
        AggregateException many => many.InnerExceptions.Any(IsUnavailable),
        _ => IsUnavailable(exception.InnerException),
    };

    private ApiProblem Problem(HttpContext http, Exception exception)
    {
        var (method, path) = (http.Request.Method, http.Request.Path);
        if (exception is BadHttpRequestException bad)
            return ApiProblem.OfStatus(bad.StatusCode);
        if (exception is LedgerBusyException)
            return ApiProblem.Busy();
        if (IsUnavailable(exception))
        {
            Unavailable(log, method, path, exception);
        }
        else if (life.ApplicationStopping.IsCancellationRequested)
        {
            Stopping(log, method, path, exception);
        }
        else
        {
            Bug(log, method, path, http.TraceIdentifier, exception);
            return ApiProblem.Internal(http.TraceIdentifier);
        }

        return ApiProblem.NoAnswer(http.Request);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Method} {Path} got no answer from the ledger or a grain. The answer asks the caller to repeat the call.")]
    private static partial void Unavailable(ILogger log, string method, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "{Method} {Path} could not be finished before the server stopped. The answer asks the caller to repeat the call.")]
    private static partial void Stopping(ILogger log, string method, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "{Method} {Path} failed (trace {Trace}). This is a bug.")]
    private static partial void Bug(ILogger log, string method, string path, string trace, Exception exception);
}
