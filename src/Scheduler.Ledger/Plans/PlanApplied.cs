using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What became of some entries of a plan.</summary>
/// <param name="Plan">The plan afterwards.</param>
/// <param name="Freed">The slots in which a move has freed seats, ascending.</param>
/// <param name="Institutions">The institutions of the entries afterwards: their versions, and their states.</param>
/// <param name="Requests">The requests that got a booking, as they are afterwards.</param>
public sealed record PlanApplied(
    PlanRow Plan, ImmutableArray<SlotHour> Freed, ImmutableDictionary<InstitutionId, (long Version, InstitutionState State)> Institutions,
    ImmutableDictionary<RequestId, Request> Requests);
