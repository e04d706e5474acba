using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>R7: an operator corrects a pack's quantity or purchase date, or takes the pack back, and what is booked stays covered.</summary>
public sealed class R07_PackCorrections
{
    private const string Packs = $"/institutions/{School}/packs";
    private const string School = "corrected";

    [Fact]
    public async Task R07_a_pack_is_corrected_with_a_reason_and_the_record_says_so()
    {
        await using var api = await Open();
        var pack = await Pack(api, 30);
        foreach (var (body, field) in new (string, string)[]
        {
            ("""{"quantity":20}""", "reason"), ("""{"quantity":20,"reason":" "}""", "reason"), ("""{"reason":"why"}""", "quantity"),
            ("""{"void":false,"reason":"why"}""", "void"), ("""{"void":true,"quantity":5,"reason":"why"}""", "void"),
            ("""{"quantity":0,"reason":"why"}""", "quantity"), ("""{"purchasedOn":"2030-01-01","reason":"why"}""", "purchasedOn"),
            ("""{"programme":"ACP","reason":"why"}""", "programme"),
        })
        {
            (await api.Operator.Send("PATCH", $"/packs/{pack}", body)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey(field);
        }

        var corrected = await Correct(api, pack, ("quantity", 40), ("purchasedOn", "2026-02-01"), ("reason", "the invoice says 40"));
        (corrected.Must(200).Number("quantity"), corrected.Number("remaining"), corrected.Member("expiresOn")).ShouldBe((40, 40, "2027-02-01"));
        corrected.Root.GetProperty("void").GetBoolean().ShouldBeFalse();
        (await Correct(api, pack, ("quantity", 40), ("reason", "again"))).Must(200);
        (await Correct(api, Guid.CreateVersion7().ToString(), ("quantity", 40), ("reason", "no such pack"))).MustRefuse(404, "not_found");
        (await api.Caller("coordinator").Send("PATCH", $"/packs/{pack}", """{"quantity":90,"reason":"mine"}""")).MustRefuse(403, "forbidden");
        var rows = (await ApiClient.Must(api.Operator.Get($"/audit?subject=pack/{pack}")))["items"]!.AsArray();
        rows.Select(row => (string)row!["what"]!).ShouldBe(["pack_made", "pack_corrected"]);
        ((int)rows[1]!["before"]!["quantity"]!, (int)rows[1]!["after"]!["quantity"]!).ShouldBe((30, 40));
        ((string)rows[1]!["why"]!).ShouldBe("the invoice says 40");
    }

    [Fact]
    public async Task R07_a_correction_that_would_leave_a_booking_or_hold_uncovered_is_refused_and_names_it()
    {
        await using var api = await Open();
        var pack = await Pack(api, 30);
        var booking = await Book(api, 40, 12);
        var hold = (await api.Operator.Post($"/institutions/{School}/holds", Schools.Booking(Schools.Slot(50, 9), 5))).Must(201).Member("id");
        Named(await Correct(api, pack, ("quantity", 16), ("reason", "r")), [booking], [hold], 17);
        (await Correct(api, pack, ("quantity", 17), ("reason", "r"))).Must(200).Number("remaining").ShouldBe(0);
        // The booking is on 11 April 2026, the hold on 21 April.
        Named(await Correct(api, pack, ("purchasedOn", "2026-04-12"), ("reason", "r")), [booking], [], 17);
        Named(await Correct(api, pack, ("purchasedOn", "2025-04-20"), ("reason", "r")), [], [hold], 17);
        (await Correct(api, pack, ("purchasedOn", "2026-04-11"), ("reason", "r"))).Must(200);
        Named(await Correct(api, pack, ("void", true), ("reason", "r")), [booking], [hold], 17);
        (await api.Operator.Delete($"/holds/{hold}")).Must(204);
        Named(await Correct(api, pack, ("void", true), ("reason", "r")), [booking], [], 12);
        (await api.Operator.Post($"/bookings/{booking}/cancel", null)).Must(200);
        var body = Json.Of(("void", true), ("reason", "paid back"));
        var voided = (await api.Operator.Send("PATCH", $"/packs/{pack}", body, ("Idempotency-Key", "v"))).Must(200);
        voided.Root.GetProperty("void").GetBoolean().ShouldBeTrue();
        voided.Number("remaining").ShouldBe(0);
        (await api.Operator.Send("PATCH", $"/packs/{pack}", body, ("Idempotency-Key", "v"))).Must(200).Header("Idempotency-Replayed").ShouldBe("true");
        (await Correct(api, pack, ("void", true), ("reason", "again"))).Must(200);
        (await Correct(api, pack, ("quantity", 50), ("reason", "r"))).MustRefuse(409, "pack_void");
        var listed = (await ApiClient.Must(api.Operator.Get(Packs)))["items"]!.AsArray().Single()!;
        ((bool)listed["void"]!).ShouldBeTrue();
        var short_ = (await api.Operator.Post($"/institutions/{School}/bookings", Schools.Booking(Schools.Slot(41, 9), 1))).MustRefuse(422, "vouchers_short");
        short_.Json["packs"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task R07_a_booking_that_has_ended_keeps_its_vouchers_covered()
    {
        await using var api = await Open();
        var pack = await Pack(api, 30);
        var booking = await Book(api, 40, 12);
        api.Clock.Set(Schools.Slot(45, 0));
        Named(await Correct(api, pack, ("quantity", 11), ("reason", "r")), [booking], [], 12);
        Named(await Correct(api, pack, ("purchasedOn", "2026-04-12"), ("reason", "r")), [booking], [], 12);
        (await Correct(api, pack, ("void", true), ("reason", "the rest was paid back"))).Must(200);
        (await api.Operator.Get($"/bookings/{booking}")).Must(200).Root.GetProperty("vouchers").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task R09_who_waits_for_vouchers_is_served_when_the_quantity_grows()
    {
        await using var api = await Open();
        var pack = await Pack(api, 5);
        var wish = Json.Of(
            ("exam", Schools.Exam), ("pool", Schools.Pool), ("seats", 6), ("mode", "lab"), ("preferredStart", Schools.Text(Schools.Slot(40, 9))));
        var request = (await api.Operator.Post($"/institutions/{School}/requests", wish)).Must(201).Member("id");
        (await api.Operator.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("queued");
        (await Correct(api, pack, ("quantity", 6), ("reason", "one was missing"))).Must(200);
        (await api.Operator.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("placed");
    }

    private static async Task<TestApi> Open()
    {
        var api = await TestApi.Open();
        await Schools.NewSchool(api.Operator, School, vouchers: 0);
        return api;
    }

    private static async Task<string> Pack(TestApi api, int quantity) => (await api.Operator.Post(
        Packs, Json.Of(("programme", "MOS"), ("quantity", quantity), ("purchasedOn", "2026-03-01")))).Must(201).Member("id");

    private static async Task<string> Book(TestApi api, int days, int seats) =>
        (await api.Operator.Post($"/institutions/{School}/bookings", Schools.Booking(Schools.Slot(days, 15), seats))).Must(201).Member("id");

    private static Task<Reply> Correct(TestApi api, string pack, params (string Name, object? Value)[] members) =>
        api.Operator.Send("PATCH", $"/packs/{pack}", Json.Of(members));

    private static void Named(Reply reply, string[] bookings, string[] holds, int taken)
    {
        var refused = reply.MustRefuse(409, "pack_in_use").Json;
        refused["bookings"]!.AsArray().Select(id => (string)id!).ShouldBe(bookings);
        refused["holds"]!.AsArray().Select(id => (string)id!).ShouldBe(holds);
        ((int)refused["bookingsTotal"]!, (int)refused["holdsTotal"]!, (int)refused["vouchersTaken"]!).ShouldBe((bookings.Length, holds.Length, taken));
    }
}
