using System.Diagnostics;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Scheduler.Api;

/// <summary>Puts the HTTP API into an application: its services, its middleware in their order, its endpoints.</summary>
internal static class ApiSetup
{
    /// <summary>Path at which all routes of the API start.</summary>
    public const string BasePath = "/api/v1";

    /// <summary>Path of the OpenAPI document.</summary>
    public const string DocumentPath = "/openapi/v1.json";

    /// <summary>Adds the services of the API. The ledger, the copy of the catalogue, the grain factory and the clock must be in the container.</summary>
    public static IServiceCollection AddSchedulerApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiContext>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddSchedulerSignIn();
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationHandler, ReachAuthorization>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<CallLimits>>(Limit);
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<CallLimits>>(Limit);
        services.AddSchedulerHealth();
        services.AddSchedulerDocument();
        services.AddSchedulerPages();
        return services;
    }

    /// <summary>Adds the middleware and maps the endpoints. The order matters: each middleware wraps those after it.</summary>
    public static void MapSchedulerApi(this WebApplication app)
    {
        RejectedMessages.Answer(app.Services.GetRequiredService<DiagnosticListener>());
        app.UseMiddleware<ResponseHeadersMiddleware>();
        app.UsePageErrors();
        app.UseExceptionHandler();
        app.UseWhen(http => !PageRequests.WantsPage(http), calls => calls.UseStatusCodePages());
        app.UseMiddleware<MessageCheck>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<SecondFactorCheck>();
        app.UseSchedulerPages();
        var api = app.MapGroup(BasePath).AddEndpointFilter<RouteGroupBuilder, CallFilter>();
        api.MapPools();
        api.MapCapacity();
        api.MapRaise();
        api.MapExams();
        api.MapSeasons();
        api.MapInstitutions();
        api.MapPolicy();
        api.MapPacks();
        api.MapVouchers();
        api.MapApiKeys();
        api.MapPeople();
        api.MapInvitations();
        api.MapImports();
        api.MapAudit();
        api.MapAvailability();
        api.MapCounts();
        api.MapSeasonSummary();
        api.MapBookings();
        api.MapHolds();
        api.MapRequests();
        api.MapPlans();
        api.MapAdvice();
        api.MapTemplateAdvice();
        api.MapUse();
        app.MapSchedulerHealth();
        app.MapSchedulerDocument();
        app.MapReferencePage();
        app.MapFeeds();
        app.MapSchedulerPages();
    }

    private static void Limit(RateLimiterOptions limiter, IOptions<CallLimits> limits)
    {
        var options = new ConcurrencyLimiterOptions { PermitLimit = limits.Value.CallsAtOnce, QueueLimit = 0 };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => options));
        limiter.OnRejected = (rejected, _) => ApiProblem.Busy().Write(rejected.HttpContext);
    }

    private static void Limit(RequestTimeoutOptions timeouts, IOptions<CallLimits> limits) => timeouts.DefaultPolicy = new()
    {
        Timeout = limits.Value.Deadline,
        TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        // When a grain knows that nothing was changed, the grain itself answers so before the timeout.
        WriteTimeoutResponse = static async http => await ApiProblem.NoAnswer(http.Request).Write(http),
    };
}
