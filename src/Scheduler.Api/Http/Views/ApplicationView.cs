using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What the application of a plan did.</summary>
internal sealed record ApplicationView
{
    [Description("Placements and moves that were applied.")]
    public required int Applied { get; init; }

    [Description("Placements and moves that were no longer possible, with the code of the refusal.")]
    public required IReadOnlyList<StaleEntryView> Stale { get; init; }

    public static ApplicationView Of(PlanRow plan) => new() { Applied = plan.Applied, Stale = [.. plan.Stale.Select(StaleEntryView.Of)] };
}
