using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Whether some entries of one institution keep its rules together.</summary>
/// <param name="Steps">The entries.</param>
/// <param name="Applied">The entries as they would be applied; empty when one is refused.</param>
/// <param name="State">The institution's state with all entries; not whole when one is refused.</param>
/// <param name="Refused">The first entry that is refused, and why; null when all keep the rules.</param>
internal sealed record PlanFit(
    IReadOnlyList<PlanStep> Steps, ImmutableArray<AppliedEntry> Applied, InstitutionState State, (PlanStep Step, Refusal Why)? Refused);
