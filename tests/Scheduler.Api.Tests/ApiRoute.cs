using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>What a path's id names.</summary>
public enum Subject
{
    None,
    Pool,
    Exam,
    Season,
    Institution,
    Booking,
    Hold,
    Request,
    ApiKey,
    Pack,
    Plan,
    Person,
    Invitation,
    Import,
}

/// <summary>A route of the API as its endpoint's metadata describes it.</summary>
public sealed record ApiRoute
{
    private ApiRoute(RouteFacts facts) => Facts = facts;

    /// <summary>Every route under the base path, from the very endpoints that a server maps.</summary>
    public static IReadOnlyList<ApiRoute> All { get; } = [.. Endpoints().Where(endpoint =>
        endpoint.RoutePattern.RawText!.StartsWith(ApiSetup.BasePath, StringComparison.Ordinal))
        .Select(endpoint => new ApiRoute(RouteFacts.Of(endpoint)))];

    internal RouteFacts Facts { get; }

    public string Method => Facts.Method;

    public string Path => Facts.Path;

    /// <summary>The type of the body without its ending; null for none.</summary>
    public string? Body => Facts.Body?.Name.Replace("Body", "", StringComparison.Ordinal);

    public bool Reads => Method == "GET";

    public Subject Subject => !Path.Contains("{id}", StringComparison.Ordinal) ? Subject.None : Path.Split('/')[1] switch
    {
        "pools" => Subject.Pool,
        "exams" => Subject.Exam,
        "seasons" => Subject.Season,
        "institutions" => Subject.Institution,
        "bookings" => Subject.Booking,
        "holds" => Subject.Hold,
        "requests" => Subject.Request,
        "api-keys" => Subject.ApiKey,
        "packs" => Subject.Pack,
        "plans" => Subject.Plan,
        "people" => Subject.Person,
        "invitations" => Subject.Invitation,
        "imports" => Subject.Import,
        _ => throw new System.Diagnostics.UnreachableException(Path),
    };

    public bool IsAllowed(Role role) => Policies.Roles(Facts.Policy!).Contains(role);

    /// <summary>All endpoints of a server, pages and health included.</summary>
    public static IReadOnlyList<RouteEndpoint> Endpoints()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[WebFiles.Watch] = "false";
        builder.Services.AddSchedulerApi();
        var app = builder.Build();
        app.MapSchedulerApi();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    public override string ToString() => $"{Method} {Path}";
}
