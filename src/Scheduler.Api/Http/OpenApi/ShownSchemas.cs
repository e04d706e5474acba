using System.Text.Json.Nodes;
using Scheduler.Domain;
using static Scheduler.Api.Shapes;

namespace Scheduler.Api;

/// <summary>Schemas of what routes answer, by the names that the table of routes uses.</summary>
internal static class ShownSchemas
{
    public static IEnumerable<(string Name, JsonObject Shape)> All() =>
    [
        ("PoolShown", Shown(Must("id", Id()), Must("name", Text()), Must("zone", Zone()), Must("image", Text()), Version())),
        ("ExamShown", Shown(
            Must("id", Id()), Must("programme", Text()), Must("name", Text()), Must("minutes", Whole(1)), Must("checkInMinutes", Whole(0)), Must("resetMinutes", Whole(0)),
            Must("pools", ListOf(Id())), Must("modes", ListOf(Mode())), Version())),
        ("SeasonShown", Shown(
            Must("id", Id()), Must("name", Text()), Must("from", Date()), Must("to", Date()), Must("leadTimeDays", Whole(0)), Must("fairShare", Share()),
            Must("collectUntil", OrNull(Instant())), Version())),
        ("InstitutionShown", Shown(
            Must("id", Id()), Must("name", Text()), Must("zone", Zone()), Must("board", OrNull(Id())), Must("labSeats", Whole(0)), Must("proctors", Whole(0)), Must("ready", Flag()),
            Must("onboarding", Shown(Must("agreement", Flag()), Must("purchase", Flag()), Must("itLab", Flag()), Must("itOnline", Flag()))),
            Must("shortNoticeDays", OrNull(Whole(0))), Version())),
        ("WeeklyRow", Shown(Must("days", ListOf(Text())), Must("fromTime", Hour()), Must("toTime", Hour()), Must("seats", Whole(0)))),
        ("Shortfall", ListOf(Shown(Must("start", Instant()), Must("seats", Whole(1))))),
        ("PoolCapacity", PoolCapacity()),
        ("TemplateSet", Shown(Must("pool", Id()), Must("from", Date()), Must("to", Date()), Must("weekly", ListOf(To("WeeklyRow"))), Must("shortfall", To("Shortfall")))),
        ("CapacitySet", Shown(Must("pool", Id()), Must("from", Instant()), Must("to", Instant()), Must("seats", OrNull(Whole(0))), Must("shortfall", To("Shortfall")))),
        ("PackShown", Shown(
            Must("id", Uuid()), Must("institution", Id()), Must("programme", Text()), Must("quantity", Whole(1)), Must("remaining", Whole(0)), Must("purchasedOn", Date()),
            Must("expiresOn", Date()))),
        ("ApiKeyShown", Shown(KeyMembers())),
        ("ApiKeyMade", Shown([.. KeyMembers(), May("key", Told(Text(), "The secret, shown this once: a replay leaves it out."))])),
        ("Record", Shown(
            Must("id", Text()), Must("who", Text()), Must("when", Instant()), Must("what", Text()), Must("subject", Text()), Must("institution", OrNull(Id())),
            Must("before", Anything()), Must("after", Anything()), Must("why", OrNull(Text())))),
        ("Me", Shown(Must("role", OneOf("operator", "coordinator", "instructor", "viewer")), Must("institution", OrNull(Id())), Must("name", Text()))),
        ("Availability", Shown(Must("pool", Id()), Must("zone", Zone()), Must("slots", ListOf(Shown(
            Must("start", Instant()), Must("capacity", Whole(0)), Must("free", Whole(0)), Must("bookable", Flag()),
            Must("reason", OrNull(OneOf("past", "horizon", "lead_time", "collecting", "closed", "full")))))))),
        ("AccommodationsShown", ListOf(Shown(Must("candidates", Whole(1)), Must("extraTimePercent", Whole(1))))),
        ("BookingShown", Shown(
            [Must("id", Uuid()), .. Sitting(), Must("status", OneOf("confirmed", "cancelled")), Must("overseen", Flag()), Must("attended", OrNull(Whole(0))), Version()])),
        ("HoldShown", Shown(
            [Must("id", Uuid()), .. Sitting(), Must("status", OneOf("held", "confirmed", "released", "lapsed")), Must("expiresAt", Instant()), Must("booking", OrNull(Uuid())), Version()])),
        ("RequestShown", Request()),
        ("Problem", Problem()),
    ];

    private static Member Version() => Must("version", Told(Whole(0), "The ETag's number."));

    private static JsonObject Mode() => OneOf("lab", "online");

    private static JsonObject PoolCapacity() => Shown(
        Must("pool", Id()),
        Must("zone", Zone()),
        Must("templates", ListOf(Shown(Must("from", Date()), Must("to", Date()), Must("weekly", ListOf(To("WeeklyRow")))))),
        Must("exceptions", ListOf(Shown(Must("from", Instant()), Must("to", Instant()), Must("seats", Whole(0))))),
        Must("slots", ListOf(Shown(
            Must("start", Instant()), Must("capacity", Whole(0)), Must("free", Whole(0)), May("taken", Told(Whole(0), "For operators.")), May("shortfall", Told(Whole(0), "For operators."))))),
        Version());

    private static Member[] KeyMembers() =>
    [
        Must("id", Uuid()), Must("role", Text()), Must("institution", OrNull(Id())), Must("name", Text()), Must("createdAt", Instant()), Version(),
    ];

    private static Member[] Sitting() =>
    [
        Must("institution", Id()), Must("exam", Id()), Must("pool", Id()), Must("start", Instant()), Must("end", Instant()), Must("seats", Whole(1)),
        Must("seatProfile", Told(ListOf(Whole(1)), "Seats per successive slot.")), Must("mode", Mode()), Must("accommodations", To("AccommodationsShown")),
        Must("reference", OrNull(Text())), Must("overrideReason", OrNull(Text())), Must("vouchers", ListOf(Shown(Must("pack", Uuid()), Must("vouchers", Whole(1))))),
    ];

    private static JsonObject Request() => Shown(
        Must("id", Uuid()),
        Must("kind", OneOf("flexible", "waitlist")),
        Must("institution", Id()),
        Must("exam", Id()),
        Must("pool", Id()),
        Must("preferredStart", Instant()),
        Must("seats", Whole(1)),
        Must("seatProfile", ListOf(Whole(1))),
        Must("mode", Mode()),
        Must("accommodations", To("AccommodationsShown")),
        Must("weight", Whole(1)),
        Must("status", OneOf("queued", "placed", "withdrawn", "expired")),
        Must("position", Told(OrNull(Whole(1)), "In this queue, while it waits.")),
        Must("rank", Told(OrNull(Whole(1)), "Over all who wait for the block, while it waits.")),
        Must("candidates", Whole(0)),
        Must("booking", OrNull(Uuid())),
        Must("passedOver", OrNull(Shown(Must("at", Instant()), Must("why", Text())))),
        Version());

    private static JsonObject Problem() => Told(
        Shown(
            Must("type", Text()),
            Must("title", Text()),
            Must("status", Whole(400, 599)),
            Must("code", Text()),
            Must("detail", Text()),
            May("errors", Told(
                new JsonObject { ["type"] = "object", ["additionalProperties"] = ListOf(Text()) },
                "Of code invalid: every bad field by its path, with what it must be."))),
        $"RFC 9457, with the figures of its code beside these members. Bodies may have {Limits.BodyBytes} bytes and {Limits.JsonDepth} levels.");
}
