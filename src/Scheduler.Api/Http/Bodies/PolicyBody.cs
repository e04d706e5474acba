using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of the policy. A rate that is left out gets its default, because a PUT replaces the whole policy.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PolicyBody : ICheckedBody, IEntryBody
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

    [Range(0, Limits.RatePerMille)]
    [Description("What a plan loses for each candidate and hour of displacement, in thousandths of one candidate's worth. At most half of a request's value.")]
    public int? DisplacementPerMille { get; init; }

    [Range(0, Limits.RatePerMille)]
    [Description("What a plan loses for each candidate of a booking that it moves, in thousandths of one candidate's worth.")]
    public int? MovePerMille { get; init; }

    [NullAsLeftOut]
    [Description("The plan that the clock makes every night. Left out or null: none.")]
    public NightlyPlanBody? NightlyPlan { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why, for the record. A GET does not show the reason; the audit does.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        var policy = ToPolicy();
        if (policy.LeadTimeDays > policy.HorizonDays)
            faults.Add("leadTimeDays", $"must be at most horizonDays, {policy.HorizonDays}, or nobody could book");
        if (policy.CancelCutoffDays > policy.HorizonDays)
            faults.Add("cancelCutoffDays", $"must be at most horizonDays, {policy.HorizonDays}, or every cancellation would be late");
        var least = Math.Max(policy.LeadTimeDays, policy.CancelCutoffDays);
        if (least > policy.HorizonDays)
            faults.Add("horizonDays", $"must be at least {least}, the greater of leadTimeDays and cancelCutoffDays");
        NightlyPlan?.Check(faults);
    }

    /// <summary>Adds a fault when the horizon is shorter than the lead time of a season that is not over: nobody could book in that season.</summary>
    public void CheckSeasons(Catalogue catalogue, Instant now, FieldFaults faults)
    {
        var longest = catalogue.Calendar.Seasons.Where(season => !season.IsOver(now)).MaxBy(season => season.LeadTimeDays);
        if (longest is not null && longest.LeadTimeDays > ToPolicy().HorizonDays)
        {
            faults.Add(
                "horizonDays", $"must be at least {longest.LeadTimeDays}, the lead time of the season '{longest.Id}'; shorten that lead time first");
        }
    }

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
            DisplacementPerMille = DisplacementPerMille ?? otherwise.DisplacementPerMille,
            MovePerMille = MovePerMille ?? otherwise.MovePerMille,
            NightlyPlan = NightlyPlan?.ToPlan(),
        };
    }
}
