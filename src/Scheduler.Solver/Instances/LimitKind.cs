namespace Scheduler.Solver;

/// <summary>The kinds of limits an institution has.</summary>
public enum LimitKind
{
    /// <summary>Machines of the institution's own lab, <c>lab</c>.</summary>
    Lab,

    /// <summary>Candidates that the institution's proctors can supervise, <c>proctors</c>.</summary>
    Proctors,
}
