using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Grains;

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

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only for a change of the policy or of an institution: how many waiting requests the change would end for good.")]
    public int? Ends { get; init; }

    /// <summary>The view of a change that was tried. Slots are shown in the zone of their pool.</summary>
    public static DryRunView Of(DryRun run, DateTimeZone zone) => new()
    {
        Before = run.Before is { } before ? SnapshotView.Of(before.Entry, before.Version) : null,
        After = SnapshotView.Of(run.After.Entry, run.After.Version),
        Touches = TouchesView.Of(run.Touches),
        Refused = run.Refused,
        Shortfall = run.Shortfalls is { } shortfalls ? ShortfallView.Of(shortfalls, zone) : null,
        Ends = run.Ends,
    };
}
