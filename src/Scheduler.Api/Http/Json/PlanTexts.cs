using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The text forms of plans.</summary>
internal static class PlanTexts
{
    public static TextForm<Movable> Movable { get; } = TextForms.Choice(("none", Api.Movable.None), ("flexible", Api.Movable.Flexible));

    public static TextForm<PlanStatus> Status { get; } = TextForms.Choice(
        ("running", PlanStatus.Running), ("ready", PlanStatus.Ready), ("applied", PlanStatus.Applied), ("failed", PlanStatus.Failed),
        ("cancelled", PlanStatus.Cancelled));
}
