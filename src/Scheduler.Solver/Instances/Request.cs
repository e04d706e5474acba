namespace Scheduler.Solver;

/// <summary>Flexible demand. At most one of its candidates serves it, or parts over several candidates where <see cref="MinGroup"/> allows.</summary>
public sealed record Request
{
    /// <summary>Unique among requests.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the institution that makes the request.</summary>
    public required string Institution { get; init; }

    /// <summary>The value of serving the whole request.</summary>
    public required double Value { get; init; }

    /// <summary>True when no optional request may take its place.</summary>
    public bool Mandatory { get; init; }

    /// <summary>Which of the institution's limits it counts against; null for none.</summary>
    public LimitKind? Limit { get; init; }

    /// <summary>Null for a request that may not be split, else the smallest part in seats; at least 1.</summary>
    public int? MinGroup { get; init; }

    /// <summary>The current assignment; null for a new request.</summary>
    public CurrentPlace? Current { get; init; }

    /// <summary>The ways to serve it.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }
}
