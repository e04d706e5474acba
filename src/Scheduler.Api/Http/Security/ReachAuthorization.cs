using Microsoft.AspNetCore.Authorization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// R14: decides whether an institution is within the caller's reach. The endpoints answer a failure with 404, so that a subject of others looks like a subject
/// that does not exist.
/// </summary>
internal sealed class ReachAuthorization : AuthorizationHandler<ReachRequirement, Institution>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ReachRequirement requirement, Institution resource)
    {
        if (SignedInIdentity.Of(context.User) is { } caller && Access.Reaches(caller.Principal, resource.Id, resource.Board))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
