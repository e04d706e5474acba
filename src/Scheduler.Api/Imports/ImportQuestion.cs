using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What is asked of a dry run.</summary>
internal sealed record ImportQuestion
{
    /// <summary>Who asks.</summary>
    public required Principal Who { get; init; }

    public required ImportKind Kind { get; init; }

    public required ImportMode Mode { get; init; }

    /// <summary>The zone of new institutions without one, and of times without one; null when none was given.</summary>
    public required DateTimeZone? Zone { get; init; }

    public required IReadOnlyList<ImportFile> Files { get; init; }
}
