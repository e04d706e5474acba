namespace Scheduler.Solver;

/// <summary>The solver's input for a season: pools with seats per slot, institutions with limits, and requests with their candidates. The file format
/// is <c>exam-slot-instance/1</c>.</summary>
public sealed record Instance
{
    /// <summary>The format word of the file.</summary>
    public const string FormatWord = "exam-slot-instance/1";

    /// <summary>The name; the plan repeats it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Length of every slot of every pool, in minutes; at least 1.</summary>
    public required int SlotMinutes { get; init; }

    /// <summary>Share of the best value that may be given up for fairness; 0 switches sharing off.</summary>
    public double FairnessSlack { get; init; } = 0.005;

    /// <summary>The pools, ids unique.</summary>
    public required IReadOnlyList<Pool> Pools { get; init; }

    /// <summary>The institutions, ids unique.</summary>
    public required IReadOnlyList<Institution> Institutions { get; init; }

    /// <summary>The requests, ids unique.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }
}
