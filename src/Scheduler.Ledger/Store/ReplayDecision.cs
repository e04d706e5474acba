using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>The decisions of a replay.</summary>
/// <param name="Refusals">A refusal for each change; null for a change to write.</param>
/// <param name="Capacities">Capacities to be set.</param>
/// <param name="Shortfalls">Seats beyond forced capacities, by index of the change.</param>
/// <param name="Short">The bookings in slots whose shortfall grew, by index of the change.</param>
internal sealed record ReplayDecision(
    ImmutableArray<CommitOutcome?> Refusals,
    ImmutableArray<CapacityRow> Capacities,
    ImmutableDictionary<int, ImmutableArray<Shortfall>> Shortfalls,
    ImmutableDictionary<int, ImmutableArray<BookedBlock>> Short);
