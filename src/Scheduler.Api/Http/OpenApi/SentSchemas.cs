using System.Text.Json.Nodes;
using Scheduler.Domain;
using static Scheduler.Api.Shapes;

namespace Scheduler.Api;

/// <summary>Schemas of the bodies that routes take, by the names that the table of routes uses. Each stands beside a reader in Bodies/, and says of a body what that reader takes.</summary>
internal static class SentSchemas
{
    private static readonly Policy _plain = Domain.Policy.Default;

    public static IEnumerable<(string Name, JsonObject Shape)> All() =>
    [
        ("Pool", Sent(SameId(), Must("name", Line()), Must("zone", Zone()), Must("image", Line()), Version())),
        ("Exam", Exam()),
        ("Season", Season()),
        ("Institution", Institution()),
        ("Policy", Policy()),
        ("Template", Template()),
        ("CapacityException", Sent(
            Must("from", OnGrid()), Must("to", OnGrid()), Must("seats", Whole(0, Limits.Seats)), May("force", Forced()), May("reason", OrNull(Reason())))),
        ("Pack", Sent(Must("programme", Line()), Must("quantity", Whole(1, Limits.PackQuantity)), Must("purchasedOn", Date()))),
        ("ApiKey", Sent(
            Must("role", OneOf("operator", "coordinator", "instructor", "viewer")),
            May("institution", Told(OrNull(Id()), "Required for every role but operator, which has none.")),
            Must("name", Line()))),
        ("Accommodations", ListOf(
            Sent(Must("candidates", Whole(1, Limits.Seats)), Must("extraTimePercent", Whole(1, Limits.ExtraTimePercent))), 0, Limits.Accommodations)),
        ("Override", Told(Sent(Must("reason", Reason())), "An operator's: skips lead_time and fair_share alone.")),
        ("Booking", Sent(
            Must("exam", Id()), Must("pool", Id()), Must("start", Instant()), Must("seats", Candidates()), Must("mode", Mode()),
            May("accommodations", OrNull(To("Accommodations"))), May("reference", Line()), May("override", OrNull(To("Override"))))),
        ("Cancel", Sent(May("reason", OrNull(Reason())))),
        ("Reschedule", Sent(Must("start", Instant()), May("override", OrNull(To("Override"))))),
        ("Resize", Sent(
            Must("seats", Candidates()),
            May("accommodations", Told(OrNull(To("Accommodations")), "Left out, they stay as they were.")),
            May("override", OrNull(To("Override"))))),
        ("Attendance", Sent(Must("attended", Whole(0, Limits.Seats)))),
        ("Request", Sent(
            Must("exam", Id()), Must("pool", Id()), Must("preferredStart", Instant()), Must("seats", Candidates()), Must("mode", Mode()),
            May("accommodations", OrNull(To("Accommodations"))),
            May("weight", Told(Otherwise(OrNull(Whole(1, Limits.Weight)), 1), "Other than 1 an operator's alone.")))),
    ];

    private static Member SameId() => May("id", Told(Id(), "The one in the path, or left out."));

    private static Member Version() => May("version", Told(Whole(0), "As a GET showed it; it means nothing here. Use If-Match."));

    private static JsonObject Candidates() => Told(Whole(1, Limits.Seats), "All candidates, those with extra time included.");

    private static JsonObject Mode() => OneOf("lab", "online");

    private static JsonObject OnGrid() => Told(Instant(), "On the pool's grid of whole local hours.");

    private static JsonObject Forced() => Told(Otherwise(OrNull(Flag()), false), "Lower below what is booked, and record a shortfall.");

    private static JsonObject Exam() => Sent(
        SameId(),
        Must("programme", Line()),
        Must("name", Line()),
        Must("minutes", Whole(1, Limits.ExamMinutes)),
        May("checkInMinutes", Otherwise(Whole(0, Limits.MarginMinutes), 0)),
        May("resetMinutes", Otherwise(Whole(0, Limits.MarginMinutes), 0)),
        Must("pools", ListOf(Id(), 1, Limits.ExamPools)),
        Must("modes", ListOf(Mode(), 1, 2)),
        Version());

    private static JsonObject Season() => Sent(
        SameId(),
        Must("name", Line()),
        Must("from", Date()),
        Must("to", Told(Date(), "Included.")),
        May("leadTimeDays", Otherwise(Whole(0, Limits.PolicyDays), SeasonBody.LeadTimeDays)),
        May("fairShare", Otherwise(Share(), Domain.Season.DefaultFairShare)),
        May("collectUntil", OrNull(Instant())),
        Version());

    private static JsonObject Institution() => Sent(
        SameId(),
        Must("name", Line()),
        Must("zone", Zone()),
        May("board", OrNull(Id())),
        Must("labSeats", Whole(0, Limits.Supervision)),
        Must("proctors", Whole(0, Limits.Supervision)),
        Must("ready", Told(Flag(), "All steps of the onboarding are done.")),
        May("onboarding", OrNull(Sent(May("agreement", Flag()), May("purchase", Flag()), May("itLab", Flag()), May("itOnline", Flag())))),
        May("shortNoticeDays", OrNull(Whole(0, Limits.ShortNoticeDays))),
        Version());

    private static JsonObject Policy() => Sent(
        Days("leadTimeDays", _plain.LeadTimeDays),
        Days("horizonDays", _plain.HorizonDays),
        Rate("holdMinutes", 1, Limits.HoldMinutes, _plain.HoldMinutes),
        Rate("maxHolds", 0, Limits.Holds, _plain.MaxHolds),
        Rate("maxHeldSeats", 0, Limits.Seats, _plain.MaxHeldSeats),
        Days("cancelCutoffDays", _plain.CancelCutoffDays),
        May("lateCancelVouchers", Otherwise(OneOf("forfeit", "return"), "forfeit")),
        Days("fairShareLiftDays", _plain.FairShareLiftDays),
        Rate("candidatesPerProctor", 1, Limits.CandidatesPerProctor, _plain.CandidatesPerProctor),
        Rate("overseenSessions", 0, Limits.OverseenSessions, _plain.OverseenSessions));

    private static Member Days(string name, int otherwise) => Rate(name, 0, Limits.PolicyDays, otherwise);

    private static Member Rate(string name, int least, int most, int otherwise) => May(name, Otherwise(Whole(least, most), otherwise));

    private static JsonObject Template() => Sent(
        Must("weekly", ListOf(
            Sent(
                Must("days", ListOf(OneOf("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1, 7)),
                Must("fromTime", Hour()),
                Must("toTime", Told(Hour(), "Where the last slot ends; 24:00 is allowed.")),
                Must("seats", Whole(0, Limits.Seats))),
            0,
            Limits.TemplateRows)),
        Must("from", Date()),
        Must("to", Told(Date(), "Included.")),
        May("force", Forced()),
        May("reason", OrNull(Reason())));
}
