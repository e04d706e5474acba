namespace Scheduler.Solver;

/// <summary>How firmly a request must be served, in the order of the plan's aims.</summary>
internal enum ServiceClass : byte
{
    /// <summary>May stay unserved. The aim decides.</summary>
    Optional,

    /// <summary>Comes before every optional request.</summary>
    Mandatory,

    /// <summary>Has a current assignment and is never dropped.</summary>
    Current,
}
