using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>A page as its endpoint describes it.</summary>
public sealed record PageRoute(string Path, string? Policy, bool IsOpen)
{
    /// <summary>Every page, from the very endpoints that a server maps.</summary>
    public static IReadOnlyList<PageRoute> All { get; } =
    [
        .. Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => new PageRoute(
                "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy,
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)),
    ];

    public static IReadOnlyList<RouteEndpoint> Endpoints() => ApiRoute.Endpoints();

    public bool IsAllowed(Role role) => IsOpen || Policies.Roles(Policy!).Contains(role);
}
