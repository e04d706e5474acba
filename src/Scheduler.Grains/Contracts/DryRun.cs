using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>What a change of the operator would do.</summary>
/// <param name="Before">The entry before the change; null when there is none.</param>
/// <param name="After">The entry after the change.</param>
/// <param name="Touches">What is to come and is touched by the change.</param>
/// <param name="Refused">Code of the refusal of the change; null when the change would be made.</param>
/// <param name="Shortfalls">For a change of capacity: the slots with more seats taken than the new capacity. Null for any other change.</param>
/// <param name="Ends">For a change of the policy or of an institution: the waiting requests that the change would end. Null for any other change.</param>
[GenerateSerializer, Immutable, Alias("scheduler.dry-run")]
public sealed record DryRun(
    [property: Id(0)] EntrySnapshot? Before,
    [property: Id(1)] EntrySnapshot After,
    [property: Id(2)] Touches Touches,
    [property: Id(3)] string? Refused,
    [property: Id(4)] ImmutableArray<Shortfall>? Shortfalls = null,
    [property: Id(5)] int? Ends = null);
