using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Some entries of a plan to be applied. The commit locks the institutions and slots of the entries and decides each entry (<see cref="PlanDecision"/>): an
/// entry is applied, or it is stale. The plan gets the next version with the result. When the stored plan has another version than <see cref="Plan"/>, nothing
/// is written, and the outcome is <see cref="CommitOutcome.Stale"/>: so every entry is decided once.
/// </summary>
public sealed record PlanApplication
{
    /// <summary>The plan as its caller has read it.</summary>
    public required PlanRow Plan { get; init; }

    /// <summary>The entries of this part, each with its number in the plan, in the order in which they are decided.</summary>
    public required ImmutableArray<(int Number, PlanEntry Entry)> Entries { get; init; }

    /// <summary>The number of entries of the whole plan. When all have been decided, the plan is applied.</summary>
    public required int Total { get; init; }

    /// <summary>The number of parts that follow this one, as far as the caller knows.</summary>
    public required int PartsLeft { get; init; }

    /// <summary>What the caller has read.</summary>
    public required PlanInput Input { get; init; }

    /// <summary>Whether the stored plan and the catalogue are those that the caller has read.</summary>
    internal bool IsCurrent(ReplayView view) => view.Plans.GetValueOrDefault(Plan.Id) == Plan.Version && view.CatalogueMark == Input.CatalogueMark;
}
