using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of the policy. A rate that is left out gets its default, because a PUT replaces the whole policy.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PolicyBody : IEntryBody
{
    [Range(0, Limits.PolicyDays)]
    public int? LeadTimeDays { get; init; }

    [Range(0, Limits.PolicyDays)]
    public int? HorizonDays { get; init; }

    [Range(1, Limits.HoldMinutes)]
    public int? HoldMinutes { get; init; }

    [Range(0, Limits.Holds)]
    public int? MaxHolds { get; init; }

    [Range(0, Limits.Seats)]
    public int? MaxHeldSeats { get; init; }

    [Range(0, Limits.PolicyDays)]
    public int? CancelCutoffDays { get; init; }

    public LateVouchers? LateCancelVouchers { get; init; }

    [Range(0, Limits.PolicyDays)]
    public int? FairShareLiftDays { get; init; }

    [Range(1, Limits.CandidatesPerProctor)]
    public int? CandidatesPerProctor { get; init; }

    [Range(0, Limits.OverseenSessions)]
    public int? OverseenSessions { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The number in the ETag of a GET. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    public Policy ToPolicy()
    {
        var otherwise = Policy.Default;
        return new()
        {
            LeadTimeDays = LeadTimeDays ?? otherwise.LeadTimeDays,
            HorizonDays = HorizonDays ?? otherwise.HorizonDays,
            HoldMinutes = HoldMinutes ?? otherwise.HoldMinutes,
            MaxHolds = MaxHolds ?? otherwise.MaxHolds,
            MaxHeldSeats = MaxHeldSeats ?? otherwise.MaxHeldSeats,
            CancelCutoffDays = CancelCutoffDays ?? otherwise.CancelCutoffDays,
            LateCancelVouchers = LateCancelVouchers ?? otherwise.LateCancelVouchers,
            FairShareLiftDays = FairShareLiftDays ?? otherwise.FairShareLiftDays,
            CandidatesPerProctor = CandidatesPerProctor ?? otherwise.CandidatesPerProctor,
            OverseenSessions = OverseenSessions ?? otherwise.OverseenSessions,
        };
    }
}
