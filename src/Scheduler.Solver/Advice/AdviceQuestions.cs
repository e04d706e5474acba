namespace Scheduler.Solver;

/// <summary>What somebody asks about a plan.</summary>
public sealed record AdviceQuestions
{
    /// <summary>Whether to compare the plan with today and with first come first served.</summary>
    public bool Comparison { get; init; }

    /// <summary>Whether to say what each unserved request lacks.</summary>
    public bool Receipts { get; init; }

    /// <summary>Whether to search for the least capacity that serves all.</summary>
    public bool Capacity { get; init; }

    /// <summary>The most points of the capacity curve; 0 for no curve.</summary>
    public int CurvePoints { get; init; }

    /// <summary>Changes of capacity to try; null for no such question.</summary>
    public IReadOnlyList<CapacityChange>? Changes { get; init; }
}
