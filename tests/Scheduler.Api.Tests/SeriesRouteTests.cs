using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>A series over HTTP: each row is decided alone, and has its booking, its request or its refusal in the answer.</summary>
public sealed class SeriesRouteTests
{
    private const string Bookings = $"/institutions/{Schools.Own}/bookings";
    private const string Path = $"{Bookings}/series";

    [Fact]
    public async Task Each_row_of_a_series_has_its_own_result()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Post($"/institutions/{Schools.Foreign}/bookings", Schools.Booking(Schools.Slot(41, 14), 999))).Must(201);
        var body = Series(
            wait: true, Schools.Booking(Schools.Slot(40, 14), 5), Schools.Booking(Schools.Slot(3, 14), 5), Schools.Booking(Schools.Slot(41, 14), 5),
            Local("2026-04-13T10:00"), Local("2027-03-14T02:00"));
        var rows = (await api.Instructor.Post(Path, body)).Must(200).Json["rows"]!.AsArray();
        rows.Select(row => (string)row!["outcome"]!).ShouldBe(["booked", "refused", "queued", "booked", "refused"]);
        ((int)rows[0]!["booking"]!["seats"]!, (string)rows[3]!["booking"]!["localStart"]!).ShouldBe((5, "2026-04-13T10:00"));
        var problem = rows[1]!["problem"]!;
        var alone = await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(3, 14), 5));
        problem.ToJsonString().ShouldBe(alone.MustRefuse(422, "lead_time").Json.ToJsonString());
        ((string)rows[4]!["problem"]!["code"]!).ShouldBe("not_on_slot");
        (await api.Instructor.Get($"/requests/{rows[2]!["request"]}")).Must(200).Member("status").ShouldBe("queued");
        (await api.Instructor.Get(Bookings)).Must(200).Json["items"]!.AsArray().Select(one => (string)one!["id"]!)
            .ShouldBe([(string)rows[0]!["booking"]!["id"]!, (string)rows[3]!["booking"]!["id"]!]);
        // Without wait, a full block is refused.
        var full = (await api.Instructor.Post(Path, Series(wait: false, Schools.Booking(Schools.Slot(41, 14), 6)))).Must(200).Json["rows"]![0]!;
        ((string)full["outcome"]!, (string)full["problem"]!["code"]!).ShouldBe(("refused", "slot_full"));
        await api.MustAddUp();
    }

    [Fact]
    public async Task A_series_together_books_all_rows_or_none()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Post($"/institutions/{Schools.Foreign}/bookings", Schools.Booking(Schools.Slot(41, 14), 999))).Must(201);
        var body = Together(Schools.Booking(Schools.Slot(40, 14), 5), Schools.Booking(Schools.Slot(41, 14), 5), Schools.Booking(Schools.Slot(47, 14), 5));
        var rows = (await api.Instructor.Post(Path, body)).Must(200).Json["rows"]!.AsArray();
        rows.Select(row => (string)row!["outcome"]!).ShouldBe(["left_out", "refused", "left_out"]);
        ((string)rows[1]!["problem"]!["code"]!).ShouldBe("slot_full");
        (rows[0]!["problem"], rows[0]!["booking"]).ShouldBe((null, null));
        (await api.Instructor.Get(Bookings)).Must(200).Json["items"]!.AsArray().ShouldBeEmpty();
        (await api.Instructor.Get($"/institutions/{Schools.Own}/holds")).Must(200).Json["items"]!.AsArray().Select(hold => (string)hold!["status"]!)
            .ShouldBe(["released", "released"]);

        body = Together(Schools.Booking(Schools.Slot(40, 14), 5), Schools.Booking(Schools.Slot(47, 14), 5));
        var first = (await api.Instructor.Post(Path, body, ("Idempotency-Key", "all"))).Must(200);
        first.Json["rows"]!.AsArray().Select(row => (string)row!["outcome"]!).ShouldBe(["booked", "booked"]);
        (await api.Instructor.Post(Path, body, ("Idempotency-Key", "all"))).Must(200).Text.ShouldBe(first.Text);
        (await api.Instructor.Post(Path, Together(Schools.Booking(Schools.Slot(54, 14), 5)), ("Idempotency-Key", "all")))
            .MustRefuse(422, "idempotency_key_reused");
        body["wait"] = true;
        (await api.Instructor.Post(Path, body)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("together");
        (await api.Instructor.Get(Bookings)).Must(200).Json["items"]!.AsArray().Count.ShouldBe(2);
        await api.MustAddUp();
    }

    [Fact]
    public async Task R13_a_repeat_of_a_series_books_no_row_twice_and_other_content_is_refused()
    {
        await using var api = await TestApi.Open();
        JsonObject[] rows = [Schools.Booking(Schools.Slot(40, 14), 5), Schools.Booking(Schools.Slot(47, 14), 5)];
        var first = (await api.Instructor.Post(Path, Series(wait: false, rows), ("Idempotency-Key", "k"))).Must(200);
        (await api.Instructor.Post(Path, Series(wait: false, rows), ("Idempotency-Key", "k"))).Must(200).Text.ShouldBe(first.Text);
        (await api.Instructor.Post(Path, Series(wait: false, Schools.Booking(Schools.Slot(54, 14), 5)), ("Idempotency-Key", "k")))
            .MustRefuse(422, "idempotency_key_reused");
        (await api.Instructor.Get(Bookings)).Must(200).Json["items"]!.AsArray().Count.ShouldBe(rows.Length);
    }

    [Fact]
    public async Task A_series_names_each_bad_field_by_its_row_and_takes_an_override_from_operators_alone()
    {
        await using var api = await TestApi.Open();
        var bad = Schools.Booking(Schools.Slot(40, 15), 5);
        bad["seats"] = 0;
        (await api.Instructor.Post(Path, Series(wait: false, Schools.Booking(Schools.Slot(40, 14), 5), bad))).MustRefuse(400, "invalid").Json["errors"]!
            .AsObject().Select(error => error.Key).ShouldBe(["rows[1].seats"]);
        var most = Enumerable.Range(0, Domain.Limits.SeriesRows + 1).Select(k => Schools.Booking(Schools.Slot(40 + k, 14), 1)).ToArray();
        (await api.Instructor.Post(Path, Series(wait: false, most))).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("rows");
        var near = Schools.Booking(Schools.Slot(3, 14), 1);
        near["override"] = new JsonObject { ["reason"] = "fire at the other site" };
        (await api.Instructor.Post(Path, Series(wait: false, near))).MustRefuse(403, "forbidden");
        (await api.Instructor.Get(Bookings)).Must(200).Json["items"]!.AsArray().ShouldBeEmpty();
        ((string)(await api.Operator.Post(Path, Series(wait: false, near))).Must(200).Json["rows"]![0]!["outcome"]!).ShouldBe("booked");
    }

    private static JsonObject Local(string start)
    {
        var row = Schools.Booking(Schools.Slot(0, 0), 5);
        row.Remove("start");
        row["localStart"] = start;
        return row;
    }

    private static JsonObject Together(params JsonObject[] rows) =>
        new() { ["rows"] = new JsonArray([.. rows.Select(row => row.DeepClone())]), ["together"] = true };

    private static JsonObject Series(bool wait, params JsonObject[] rows) =>
        new() { ["rows"] = new JsonArray([.. rows.Select(row => row.DeepClone())]), ["wait"] = wait };
}
