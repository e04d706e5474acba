namespace Scheduler.Solver;

/// <summary>Why a solve ended.</summary>
public enum StopReason
{
    /// <summary>All counted work is done, or the plan is proven to be the best.</summary>
    Converged,

    /// <summary>The time limit ended the work.</summary>
    TimeLimit,

    /// <summary>The caller ended the work.</summary>
    Cancelled,
}
