using Microsoft.AspNetCore.Authorization;

namespace Scheduler.Api;

/// <summary>The requirement that the institution is within the caller's reach.</summary>
internal sealed class ReachRequirement : IAuthorizationRequirement;
