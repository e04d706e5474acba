using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Who is signed in.</summary>
internal sealed record CallerView
{
    public required Role Role { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required string Name { get; init; }
}
