using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Make a plan.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.make-plan")]
public sealed record MakePlanCommand([property: Id(0)] Caller Caller, [property: Id(1)] PlanScope Scope);

/// <summary>Cancel or apply a plan.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.plan-command")]
public sealed record PlanCommand([property: Id(0)] Caller Caller, [property: Id(1)] Guid Plan);
