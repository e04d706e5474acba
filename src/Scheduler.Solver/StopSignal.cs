using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>Combines the caller's token and the time limit. Cheap enough to be polled every few hundred steps. A last part of the time can be reserved for the
/// stages at the end.</summary>
internal sealed class StopSignal(TimeSpan? limit, CancellationToken cancel)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _reserved = TimeSpan.Zero;
    private volatile bool _timeIsUp;
    private bool _wasCut;

    public CancellationToken Token => cancel;

    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Seconds until the signal is set; infinite without a time limit.</summary>
    public double SecondsLeft => limit is { } most ? Math.Max(0, (most - _reserved).TotalSeconds - Seconds) : double.PositiveInfinity;

    public bool IsSet
    {
        get
        {
            if (cancel.IsCancellationRequested || _timeIsUp)
                return true;
            if (limit is { } most && Stopwatch.GetElapsedTime(_started) >= most - _reserved)
                _timeIsUp = true;
            return _timeIsUp;
        }
    }

    /// <summary>Why the work ended early; <see cref="StopReason.Converged"/> when it did not.</summary>
    public StopReason Reason =>
        cancel.IsCancellationRequested ? StopReason.Cancelled : _timeIsUp || _wasCut ? StopReason.TimeLimit : StopReason.Converged;

    /// <summary>Sets the signal earlier by this share of the time limit, until <see cref="Release"/>. Called between stages.</summary>
    public void Reserve(double share) => _reserved = (limit ?? TimeSpan.Zero) * share;

    /// <summary>Gives the reserved time to the stages that follow. The reason remembers that an earlier stage was cut.</summary>
    public void Release() => (_wasCut, _timeIsUp, _reserved) = (_wasCut || _timeIsUp, false, TimeSpan.Zero);
}
