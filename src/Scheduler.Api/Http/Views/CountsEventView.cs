using System.ComponentModel;
using NodaTime;

namespace Scheduler.Api;

/// <summary>One event of a stream of counts. Its name says whether a count has changed.</summary>
internal sealed record CountsEventView
{
    [Description("When the server looked at the counts.")]
    public required Instant At { get; init; }
}
