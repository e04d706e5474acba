using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>What becomes of the entries of a plan.</summary>
/// <param name="Groups">
/// The applied entries in the order in which they were accepted. The entries of one group only fit together, so they are applied in one transaction; most
/// groups have one entry. The groups before a group make its room.
/// </param>
/// <param name="Stale">The other entries, by their place in the list, each with the code of the reason (<see cref="StaleReason"/>).</param>
/// <param name="States">The states of the institutions afterwards.</param>
public sealed record PlanOutcome(
    ImmutableArray<ImmutableArray<AppliedEntry>> Groups,
    ImmutableSortedDictionary<int, string> Stale,
    IReadOnlyDictionary<InstitutionId, InstitutionState> States);
