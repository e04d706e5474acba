using NodaTime;

namespace Scheduler.Api;

/// <summary>When and why a request was passed over.</summary>
internal sealed record PassedOverView
{
    public required Instant At { get; init; }

    public required string Why { get; init; }
}
