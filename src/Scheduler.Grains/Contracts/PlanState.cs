using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A plan, and how far its run is.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Progress">The progress of the run; the last progress after the run has ended, and nothing in a process that did not run the plan.</param>
[GenerateSerializer, Immutable, Alias("scheduler.plan-state")]
public sealed record PlanState([property: Id(0)] PlanRow Plan, [property: Id(1)] PlanProgress Progress);
