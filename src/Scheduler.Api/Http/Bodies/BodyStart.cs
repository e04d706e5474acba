using System.Diagnostics;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The start that a body names, as an instant. The body has passed <see cref="StartRule"/>.</summary>
/// <param name="At">The start. For a local start that the clocks skip: the instant of the clock change.</param>
/// <param name="IsSkippedHour">Whether the body names a local start that the clocks skip (R1).</param>
internal readonly record struct BodyStart(Instant At, bool IsSkippedHour)
{
    /// <summary>Reads the two fields of a body. Exactly one of them is given.</summary>
    public static BodyStart Of(Instant? instant, LocalDateTime? local, DateTimeZone zone) =>
        instant is { } start ? new(start, false)
        : LocalStart.In(zone, local!.Value) switch
        {
            LocalStart.Single single => new(single.Start, false),
            LocalStart.Skipped skipped => new(skipped.Resumes, true),
            _ => throw new UnreachableException(),
        };
}
