using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Limits for all calls together. Tests set smaller limits.</summary>
internal sealed class CallLimits
{
    /// <summary>The greatest number of calls that run at the same time. Further calls get 429.</summary>
    public int CallsAtOnce { get; set; } = Limits.CallsAtOnce;

    /// <summary>The greatest number of pages that follow free seats at the same time. Further streams get 429.</summary>
    public int LiveStreams { get; set; } = Limits.LiveStreams;

    /// <summary>The greatest number of these streams of one reader at one place of the network. Further streams get 429.</summary>
    public int LiveStreamsOfReader { get; set; } = Limits.LiveStreamsOfReader;

    /// <summary>The longest time of one call. After this time the call is cancelled and gets 503.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(Limits.CallSeconds);

    /// <summary>The longest time of each check of <c>/health/ready</c>: of the silo and of the database.</summary>
    public TimeSpan ReadyDeadline { get; set; } = TimeSpan.FromSeconds(Limits.ReadySeconds);
}
