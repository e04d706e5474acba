using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>Combines the caller's token and the time limit. Cheap enough to be polled every few hundred steps.</summary>
internal sealed class StopSignal(TimeSpan? limit, CancellationToken cancel)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile bool _timeIsUp;

    public CancellationToken Token => cancel;

    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    public double SecondsLeft => limit is { } most ? Math.Max(0, most.TotalSeconds - Seconds) : double.PositiveInfinity;

    public bool IsSet
    {
        get
        {
            if (cancel.IsCancellationRequested || _timeIsUp)
                return true;
            if (limit is { } most && Stopwatch.GetElapsedTime(_started) >= most)
                _timeIsUp = true;
            return _timeIsUp;
        }
    }

    /// <summary>Why the work ended early; <see cref="StopReason.Converged"/> when it did not.</summary>
    public StopReason Reason => cancel.IsCancellationRequested ? StopReason.Cancelled : _timeIsUp ? StopReason.TimeLimit : StopReason.Converged;
}
