using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of the policy. A rate that is left out takes its default, since a PUT replaces the whole.</summary>
internal static class PolicyBody
{
    public static Policy Parse(Fields fields)
    {
        var plain = Policy.Default;
        return new()
        {
            LeadTimeDays = Days("leadTimeDays", plain.LeadTimeDays),
            HorizonDays = Days("horizonDays", plain.HorizonDays),
            HoldMinutes = Whole("holdMinutes", plain.HoldMinutes, 1, Limits.HoldMinutes),
            MaxHolds = Whole("maxHolds", plain.MaxHolds, 0, Limits.Holds),
            MaxHeldSeats = Whole("maxHeldSeats", plain.MaxHeldSeats, 0, Limits.Seats),
            CancelCutoffDays = Days("cancelCutoffDays", plain.CancelCutoffDays),
            LateCancelVouchers = fields.TextOr<LateVouchers>("lateCancelVouchers", Absent.MayBeLeftOut, Words.TryLateVouchers),
            FairShareLiftDays = Days("fairShareLiftDays", plain.FairShareLiftDays),
            CandidatesPerProctor = Whole("candidatesPerProctor", plain.CandidatesPerProctor, 1, Limits.CandidatesPerProctor),
            OverseenSessions = Whole("overseenSessions", plain.OverseenSessions, 0, Limits.OverseenSessions),
        };

        int Days(string name, int otherwise) => Whole(name, otherwise, 0, Limits.PolicyDays);
        int Whole(string name, int otherwise, int least, int most) => fields.WholeOr(name, Absent.MayBeLeftOut, least, most) ?? otherwise;
    }
}
