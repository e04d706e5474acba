using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>How much work a solve may do. Work is counted, so the same seed gives the same plan; only <see cref="TimeLimit"/> asks the clock.</summary>
public sealed record SolveBudget
{
    /// <summary>Seed of everything that is drawn.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads to work with; the plan is the same for any number.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Wall time after which the best plan so far is returned; null for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Scales the counted work: 1 is the measured balance of docs/solver.md.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Shares by search also where it could be done exactly: to measure the one against the other.</summary>
    internal bool SharesBySearch { get; init; }
}

/// <summary>One step of a running solve, for whoever watches.</summary>
/// <param name="Stage">Word of the stage.</param>
/// <param name="Seconds">Since the solve began.</param>
/// <param name="Value">Value of the best plan so far.</param>
/// <param name="Bound">Proven bound so far; null before the first.</param>
/// <param name="Done">Share of the stage's counted work that is done, 0 to 1.</param>
public readonly record struct SolveProgress(string Stage, double Seconds, double Value, double? Bound, double Done);

/// <summary>Asks the caller's token and the clock whether to go on; cheap enough to be asked every few hundred steps.</summary>
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

    /// <summary>Why work was cut; converged when it was not.</summary>
    public StopReason Reason => cancel.IsCancellationRequested ? StopReason.Cancelled : _timeIsUp ? StopReason.TimeLimit : StopReason.Converged;
}
