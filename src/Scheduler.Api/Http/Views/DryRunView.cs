using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a change would do. Nothing was changed.</summary>
internal sealed record DryRunView
{
    [Description("The thing before the change, as a GET shows it; null when there is none.")]
    public required object? Before { get; init; }

    [Description("The thing after the change, as a GET would show it.")]
    public required object After { get; init; }

    public required TouchesView Touches { get; init; }

    [Description("The code with which the change would be refused; null when the change would be made.")]
    public required string? Refused { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only for a change of capacity: the slots that would have more seats booked and held than the new capacity.")]
    public ImmutableArray<ShortfallView>? Shortfall { get; init; }

    public static DryRunView Of(DryRun run) => new()
    {
        Before = SnapshotView.Of(run.Before),
        After = SnapshotView.Of((Snapshot)run.After)!,
        Touches = TouchesView.Of(run.Touches),
        Refused = run.Refused,
        Shortfall = run.Shortfalls is { } shortfalls ? ShortfallView.Of(shortfalls) : null,
    };
}
