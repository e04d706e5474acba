using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The first start that fits a need.</summary>
internal sealed record FirstStartView
{
    public required PoolId Pool { get; init; }

    [Description("Null when no start up to the horizon fits.")]
    public required Instant? Start { get; init; }

    [Description("The start in the institution's zone; null without a start.")]
    public required LocalDateTime? LocalStart { get; init; }

    [Description("The institution's zone.")]
    public required DateTimeZone Zone { get; init; }
}
