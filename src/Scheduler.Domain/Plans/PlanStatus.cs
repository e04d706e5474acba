namespace Scheduler.Domain;

/// <summary>The status of a plan. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum PlanStatus
{
    /// <summary>The solver works.</summary>
    Running,

    /// <summary>The plan passed the checker and can be applied. Some of its parts may be applied already.</summary>
    Ready,

    /// <summary>Every part of the plan is applied.</summary>
    Applied,

    /// <summary>The plan has no usable result; the cause says why.</summary>
    Failed,

    /// <summary>Somebody stopped the run.</summary>
    Cancelled,
}
