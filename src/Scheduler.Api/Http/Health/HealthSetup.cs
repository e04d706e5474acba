using System.Net.Mime;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Scheduler.Api;

/// <summary>
/// The health checks: whether the process is alive, and whether it is ready. <c>/health/live</c> checks nothing more, because a process must not be restarted
/// when its database is not available. <c>/health/ready</c> checks the silo and the database, each with a time limit. The limit on calls at the same time does
/// not apply to these two.
/// </summary>
internal static class HealthSetup
{
    private static readonly string[] _methods = [HttpMethods.Get, HttpMethods.Head];

    public static void AddSchedulerHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddOptions<HealthCheckServiceOptions>().Configure<IOptions<CallLimits>>((health, limits) =>
        {
            health.Registrations.Add(Check<SiloHealth>(SiloHealth.Name, limits.Value));
            health.Registrations.Add(Check<DatabaseHealth>(DatabaseHealth.Name, limits.Value));
        });
    }

    public static void MapSchedulerHealth(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/health/live", _ => false, _ => "live");
        Map(endpoints, "/health/ready", _ => true, Ready);
    }

    private static HealthCheckRegistration Check<T>(string name, CallLimits limits)
        where T : IHealthCheck => new(name, services => ActivatorUtilities.CreateInstance<T>(services), HealthStatus.Unhealthy, null, limits.ReadyDeadline);

    private static void Map(IEndpointRouteBuilder endpoints, string path, Func<HealthCheckRegistration, bool> asks, Func<HealthReport, string> words) =>
        endpoints
        .MapHealthChecks(path, new()
        {
            Predicate = asks,
            // Our own headers already forbid caching of every answer.
            AllowCachingResponses = true,
            ResponseWriter = (http, report) =>
            {
                var text = words(report);
                http.Response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
                http.Response.ContentLength = text.Length;
                return http.Response.WriteAsync(text, http.RequestAborted);
            },
        })
        .WithMetadata(new HttpMethodMetadata(_methods)).AllowAnonymous().DisableRateLimiting();

    private static string Ready(HealthReport report) =>
        report.Entries[SiloHealth.Name].Status != HealthStatus.Healthy ? "the silo is not active"
        : report.Entries[DatabaseHealth.Name].Status != HealthStatus.Healthy ? "the database does not answer"
        : "ready";
}
