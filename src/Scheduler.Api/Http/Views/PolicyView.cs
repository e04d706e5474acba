using System.ComponentModel;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The policy. The view has the same members as the body, so that a policy that was read can be PUT unchanged; after another change its version is stale.
/// </summary>
internal sealed record PolicyView
{
    public required int LeadTimeDays { get; init; }

    public required int HorizonDays { get; init; }

    public required int HoldMinutes { get; init; }

    public required int MaxHolds { get; init; }

    public required int MaxHeldSeats { get; init; }

    public required int CancelCutoffDays { get; init; }

    public required LateVouchers LateCancelVouchers { get; init; }

    public required int FairShareLiftDays { get; init; }

    public required int CandidatesPerProctor { get; init; }

    public required int OverseenSessions { get; init; }

    public required int DisplacementPerMille { get; init; }

    public required int MovePerMille { get; init; }

    public required NightlyPlanView? NightlyPlan { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static PolicyView Of(Policy policy, int version) => new()
    {
        LeadTimeDays = policy.LeadTimeDays,
        HorizonDays = policy.HorizonDays,
        HoldMinutes = policy.HoldMinutes,
        MaxHolds = policy.MaxHolds,
        MaxHeldSeats = policy.MaxHeldSeats,
        CancelCutoffDays = policy.CancelCutoffDays,
        LateCancelVouchers = policy.LateCancelVouchers,
        FairShareLiftDays = policy.FairShareLiftDays,
        CandidatesPerProctor = policy.CandidatesPerProctor,
        OverseenSessions = policy.OverseenSessions,
        DisplacementPerMille = policy.DisplacementPerMille,
        MovePerMille = policy.MovePerMille,
        NightlyPlan = policy.NightlyPlan is { } nightly ? NightlyPlanView.Of(nightly) : null,
        Version = version,
    };
}
