using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Refusals say what helps: whether to wait, how many seats are left, and in the words of the fields.</summary>
public sealed class HelpfulRefusalsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Slot_full_names_the_waitlist_only_where_waiting_helps()
    {
        var who = await api.NewCaller("instructor", "a");
        var id = (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(70, 9), 12))).Must(201).Member("id");
        foreach (var path in new[] { "/institutions/b/bookings", "/institutions/b/holds" })
        {
            var full = (await api.Operator.Post(path, SmallPool.Booking(SmallPool.Slot(70, 9), 9))).MustRefuse(409, "slot_full");
            full.Root.GetProperty("waitlist").GetBoolean().ShouldBeTrue();
            full.Member("detail").ShouldContain("join the waitlist");
        }

        // A resize and a reschedule change a booking: an entry in the waitlist would make a second one.
        var resized = (await who.Post($"/bookings/{id}/resize", Json.Of(("seats", 21)))).MustRefuse(409, "slot_full");
        MustNotWait(resized);
        resized.Member("detail").ShouldContain("Choose fewer seats");
        (await api.Operator.Post("/institutions/b/bookings", SmallPool.Booking(SmallPool.Slot(70, 10), 15))).Must(201);
        var moved = (await who.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(SmallPool.Slot(70, 10)))))).MustRefuse(409, "slot_full");
        MustNotWait(moved);
        moved.Member("detail").ShouldContain("alternatives");

        // The waitlist itself refuses a block inside the lead time, which only an override allows.
        var soon = Json.Of(
            ("exam", "e"), ("pool", "p"), ("start", Json.Text(SmallPool.Slot(4, 9))), ("seats", 15), ("mode", "lab"),
            ("override", new { reason = "storm" }));
        (await api.Operator.Post("/institutions/a/bookings", soon)).Must(201);
        MustNotWait((await api.Operator.Post("/institutions/b/bookings", soon)).MustRefuse(409, "slot_full"));
    }

    /// <summary>A class of 21 for a pool of 20 seats: the waitlist would refuse the class, too.</summary>
    [Fact]
    public async Task Slot_full_does_not_send_a_class_to_the_waitlist_of_a_pool_that_can_never_hold_the_class()
    {
        var who = await api.NewCaller("instructor", "a");
        var full = (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(71, 9), 21))).MustRefuse(409, "slot_full");
        MustNotWait(full);
        full.Member("detail").ShouldContain("Split the class");
        full.Root.GetProperty("alternatives").GetArrayLength().ShouldBe(0);
        var request = Json.Of(("exam", "e"), ("pool", "p"), ("seats", 21), ("mode", "lab"), ("preferredStart", Json.Text(SmallPool.Slot(71, 9))));
        (await who.Post("/institutions/a/requests", request)).MustRefuse(422, "never_fits");
    }

    [Fact]
    public async Task R12_fair_share_says_what_the_school_has_may_have_and_may_still_book()
    {
        (await api.Operator.Put("/seasons/june", Json.Of(("name", "June"), ("from", "2026-06-01"), ("to", "2026-06-10"), ("fairShare", 0.25)))).Must(200);
        var who = await api.NewCaller("instructor", "a");
        var id = (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(93, 9), 2))).Must(201).Member("id");
        var hold = (await who.Post("/institutions/a/holds", SmallPool.Booking(SmallPool.Slot(93, 9), 1))).Must(201).Member("id");
        var refused = (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(93, 9), 3))).MustRefuse(422, "fair_share");
        (refused.Number("seatsAllowed"), refused.Number("seatsHeld"), refused.Number("seatsLeft")).ShouldBe((5, 3, 2));
        refused.Member("detail").ShouldContain("has 3 of the 5 seats");
        refused.Member("detail").ShouldContain("2 more seats");

        // The booking's own seats count as free when it grows: the hold alone is beside it.
        var resized = (await who.Post($"/bookings/{id}/resize", Json.Of(("seats", 5)))).MustRefuse(422, "fair_share");
        (resized.Number("seatsAllowed"), resized.Number("seatsHeld"), resized.Number("seatsLeft")).ShouldBe((5, 1, 4));
        resized.Member("detail").ShouldContain("Beside this booking, the institution has 1 of the 5 seats");
        resized.Member("detail").ShouldContain("at most 4 seats");
        (await who.Post($"/bookings/{id}/resize", Json.Of(("seats", 4)))).Must(200);

        // A move to a slot where the school has 2 seats.
        (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(93, 10), 2))).Must(201);
        var moved = (await who.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(SmallPool.Slot(93, 10)))))).MustRefuse(422, "fair_share");
        (moved.Number("seatsHeld"), moved.Number("seatsLeft")).ShouldBe((2, 3));

        // R12 counts the held seats, so the share is full, and the hold becomes a booking without a further check.
        (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(93, 9), 1))).MustRefuse(422, "fair_share").Number("seatsLeft").ShouldBe(0);
        (await who.Post($"/holds/{hold}/confirm", null)).Must(201);
        (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(93, 9), 1))).MustRefuse(422, "fair_share").Number("seatsHeld").ShouldBe(5);
    }

    [Fact]
    public async Task R13_a_probable_duplicate_is_made_and_says_so()
    {
        var who = await api.NewCaller("instructor", "a");
        var body = SmallPool.Booking(SmallPool.Slot(72, 9), 2);
        var first = (await who.Post("/institutions/a/bookings", body)).Must(201);
        first.Root.GetProperty("warning").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var second = (await who.Post("/institutions/a/bookings", body)).Must(201);
        var warning = second.Root.GetProperty("warning");
        warning.GetProperty("code").GetString().ShouldBe("probable_duplicate");
        warning.GetProperty("booking").GetString().ShouldBe(first.Member("id"));
        warning.GetProperty("hold").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        warning.GetProperty("detail").GetString()!.ShouldContain(first.Member("id"));
        second.Member("id").ShouldNotBe(first.Member("id"));
        (await who.Get($"/bookings/{second.Member("id")}")).Must(200).Root.GetProperty("warning").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var held = (await who.Post("/institutions/a/holds", body)).Must(201);
        held.Root.GetProperty("warning").GetProperty("booking").GetString().ShouldNotBeNull();
        var keyed = (await who.Post("/institutions/a/bookings", body, ("Idempotency-Key", "dup"))).Must(201);
        keyed.Root.GetProperty("warning").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await who.Post("/institutions/a/bookings", body, ("Idempotency-Key", "dup"))).Must(201).Text.ShouldBe(keyed.Text);
    }

    [Fact]
    public void Sentences_have_the_words_of_the_fields_and_the_right_number()
    {
        Detail(new Refusal.ProctorsExceeded(1, 1)).ShouldStartWith("The institution has 1 proctor, with room for 1 more candidate online");
        Detail(new Refusal.ProctorsExceeded(2, 0)).ShouldStartWith("The institution has 2 proctors, with room for 0 more candidates online");
        Detail(new Refusal.LabSeatsExceeded(1, 2)).ShouldStartWith("The institution has 1 lab seat, with room for 2 more candidates");
        Detail(new Refusal.VouchersShort(1, [])).ShouldStartWith("1 voucher is missing");
        Detail(new Refusal.CutoffPassed(1, 2)).ShouldContain("2 days of notice; 1 day is left");
        Detail(new Refusal.LeadTimeShort(1, 14, null)).ShouldContain("14 days of notice, and this start leaves 1 day");
        Detail(new Refusal.LeadTimeShort(1, 14, new(2026, 3, 16)))
            .ShouldEndWith("no later date within the horizon fits, and the earliest one that does is 2026-03-16.");
        Detail(new Refusal.MoreThanBooked(1)).ShouldContain("1 seat.");
        Detail(new Refusal.ModeNotOffered([DeliveryMode.Lab])).ShouldContain("mode: lab");
    }

    [Theory]
    [InlineData("plan/01a22a52-c5ec-78d7-abd4-9556668511a6", "A plan moved the booking to serve more candidates.")]
    [InlineData("plan/b", "plan/b")]
    [InlineData("The room is closed.", "The room is closed.")]
    [InlineData(null, null)]
    public void R15_a_school_is_told_in_words_what_a_plan_did(string? reason, string? told)
    {
        var act = new OperatorAct(OperatorActKind.Moved, Instant.FromUtc(2026, 3, 2, 9, 0), reason);
        OperatorActView.Of(act).Reason.ShouldBe(told);
    }

    private static string Detail(Refusal refusal) => ProblemTexts.Of(refusal, DateTimeZone.Utc).Detail;

    private static void MustNotWait(Reply refused)
    {
        refused.Root.GetProperty("waitlist").GetBoolean().ShouldBeFalse();
        refused.Member("detail").ShouldNotContain("waitlist", Case.Insensitive);
    }
}
