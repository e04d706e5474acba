namespace Scheduler.Solver;

/// <summary>How much work a solve may do. Work is counted, so the same seed gives the same plan; only <see cref="TimeLimit"/> depends on the clock.</summary>
public sealed record SolveBudget
{
    /// <summary>Seed of the random numbers.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads to use; the plan is the same for any number.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Wall time after which the best plan so far is returned; null for none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Scales the counted work; docs/solver-figures.md was measured with 1.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Shares by search even where an exact model is possible, to compare the two.</summary>
    internal bool SharesBySearch { get; init; }
}
