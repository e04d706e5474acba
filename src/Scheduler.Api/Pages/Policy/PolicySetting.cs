using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A whole number of the policy, as the page of the policy shows it.</summary>
/// <param name="Name">The name of the field, which is that of the API's body.</param>
/// <param name="Part">The part of the page.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Of">The value of a policy.</param>
internal sealed record PolicySetting(string Name, string Part, int Least, int Most, Func<Policy, int> Of)
{
    /// <summary>All whole numbers, in the order of the page.</summary>
    public static ImmutableArray<PolicySetting> All { get; } =
    [
        new("leadTimeDays", "booking", 0, Limits.PolicyDays, policy => policy.LeadTimeDays),
        new("horizonDays", "booking", 0, Limits.PolicyDays, policy => policy.HorizonDays),
        new("overseenSessions", "booking", 0, Limits.OverseenSessions, policy => policy.OverseenSessions),
        new("candidatesPerProctor", "booking", 1, Limits.CandidatesPerProctor, policy => policy.CandidatesPerProctor),
        new("fairShareLiftDays", "booking", 0, Limits.PolicyDays, policy => policy.FairShareLiftDays),
        new("holdMinutes", "holds", 1, Limits.HoldMinutes, policy => policy.HoldMinutes),
        new("maxHolds", "holds", 0, Limits.Holds, policy => policy.MaxHolds),
        new("maxHeldSeats", "holds", 0, Limits.Seats, policy => policy.MaxHeldSeats),
        new("cancelCutoffDays", "cancelling", 0, Limits.PolicyDays, policy => policy.CancelCutoffDays),
        new("displacementPerMille", "plans", 0, Limits.RatePerMille, policy => policy.DisplacementPerMille),
        new("movePerMille", "plans", 0, Limits.RatePerMille, policy => policy.MovePerMille),
    ];

    /// <summary>The parts of the page, in their order.</summary>
    public static ImmutableArray<string> Parts { get; } = ["booking", "holds", "cancelling", "plans"];
}
