namespace Scheduler.Ledger;

/// <summary>The files of a plan. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum PlanFileKind
{
    /// <summary>The instance that was solved, in the format of the command line.</summary>
    Instance,

    /// <summary>The solver's plan, in the format of the command line.</summary>
    Plan,

    /// <summary>The entries to apply: <see cref="PlanEntriesText"/>.</summary>
    Entries,

    /// <summary>The result as callers see it.</summary>
    Result,

    /// <summary>The requests of an opening in the order of their lots: <see cref="LotsText"/>. This file stays when the others are removed.</summary>
    Lots,
}
