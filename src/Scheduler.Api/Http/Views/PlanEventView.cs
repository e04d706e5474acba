using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>One event of a plan's run. Every event has all figures; its name says which figure is new.</summary>
internal sealed record PlanEventView
{
    public required PlanStatus Status { get; init; }

    [Description("The finished share of the run, from 0 to 1.")]
    public required double Progress { get; init; }

    [Description("The solver's stage; null before the first.")]
    public required string? Stage { get; init; }

    [Description("Seconds since the solver began.")]
    public required double Seconds { get; init; }

    [Description("Value of the best plan so far, the incumbent; null before the first.")]
    public required double? Value { get; init; }

    [Description("Proven bound so far; null before the first.")]
    public required double? Bound { get; init; }

    public static PlanEventView Of(PlanState state) => new()
    {
        Status = state.Plan.Status,
        Progress = PlanView.ShownProgress(state.Plan, state.Progress),
        Stage = state.Progress.Stage,
        Seconds = state.Progress.Seconds,
        Value = state.Progress.Value,
        Bound = state.Progress.Bound,
    };
}
