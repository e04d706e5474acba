using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R11: one call follows the advice about capacity, and one takes it back exactly.</summary>
public sealed class R11_Raise
{
    private const string Path = $"/pools/{Schools.Pool}/capacity";
    private const string Range = "from=2026-06-01T13:00:00Z&to=2026-06-01T17:00:00Z";

    [Fact]
    public async Task R11_a_point_of_the_curve_is_written_and_undone_with_one_call_each()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Put(Path, Json.Of(("from", "2026-06-01T13:00:00Z"), ("to", "2026-06-01T16:00:00Z"), ("seats", 10)))).Must(200);
        foreach (var seats in new[] { 12, 15 })
        {
            (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", new JsonObject
            {
                ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = seats, ["mode"] = "lab", ["preferredStart"] = "2026-06-01T14:00:00Z",
                ["windows"] = JsonNode.Parse("""[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"12:00"}]"""),
            })).Must(201);
        }

        var advice = (await api.Operator.Get($"/advice?pool={Schools.Pool}&from=2026-06-01T14:00:00Z&to=2026-06-01T16:00:00Z")).Must(200).Json;
        ((int)advice["capacityVersion"]!, (double)advice["machineHours"]!["upper"]!).ShouldBe((2, 7));
        var before = (await api.Operator.Get($"{Path}?{Range}")).Must(200).Json;
        var body = Json.Of(("where", advice["where"]!.DeepClone()), ("version", 2), ("reason", "as advised"));
        var raised = (await api.Operator.Post($"{Path}/raise", body, ("Idempotency-Key", "raise"))).Must(200);
        (raised.Number("version"), raised.Header("ETag")).ShouldBe((3, "\"3\""));
        raised.Json["exceptions"]!.AsArray().Sum(one => (int)one!["seats"]!).ShouldBe(27);
        (await api.Operator.Post($"{Path}/raise", body, ("Idempotency-Key", "raise"))).Must(200).Text.ShouldBe(raised.Text);
        // The same advice once more would add the seats twice.
        (await api.Operator.Post($"{Path}/raise", body)).MustRefuse(412, "stale");
        var after = (await api.Operator.Get($"{Path}?{Range}")).Must(200).Json;
        after["slots"]!.AsArray().Sum(slot => (int)slot!["capacity"]!).ShouldBe(before["slots"]!.AsArray().Sum(slot => (int)slot!["capacity"]!) + 7);
        (await api.Operator.Get($"/advice?pool={Schools.Pool}&from=2026-06-01T14:00:00Z&to=2026-06-01T16:00:00Z")).Must(200).Json["unserved"]!
            .GetValue<int>().ShouldBe(0);

        // A booking that needs an added seat keeps the seats.
        var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse("2026-06-01T14:00:00Z").Value;
        var booked = (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start, 11))).Must(201);
        var refused = (await api.Operator.Post($"{Path}/undo", Undo(3))).MustRefuse(409, "capacity_below_booked");
        refused.Member("detail").ShouldNotContain("repeat with force");
        refused.Json["slots"]!.AsArray().ShouldHaveSingleItem()!["seats"]!.GetValue<int>().ShouldBe(1);
        ((string)refused.Json["bookings"]!.AsArray().ShouldHaveSingleItem()!).ShouldBe(booked.Member("id"));
        (await api.Operator.Post($"/bookings/{booked.Member("id")}/cancel", "{}")).Must(200);
        (await api.Operator.Post($"{Path}/undo", Undo(2))).MustRefuse(412, "stale");
        (await api.Operator.Post($"{Path}/undo", Undo(3))).Must(200).Number("version").ShouldBe(4);
        var undone = (await api.Operator.Get($"{Path}?{Range}")).Must(200).Json;
        (undone["exceptions"]!.ToJsonString(), undone["slots"]!.ToJsonString())
            .ShouldBe((before["exceptions"]!.ToJsonString(), before["slots"]!.ToJsonString()));
        (await api.Operator.Post($"{Path}/undo", Undo(4))).MustRefuse(409, "nothing_to_undo");

        var audit = (await api.Operator.Get($"/audit?subject=pool/{Schools.Pool}")).Must(200).Json["items"]!.AsArray();
        audit.TakeLast(2).Select(row => ((string)row!["what"]!, (string)row["why"]!))
            .ShouldBe([("exceptions_raised", "as advised"), ("exceptions_restored", "not needed")]);
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_the_most_seats_count_for_each_slot_and_not_for_all_ranges_together()
    {
        await using var api = await TestApi.Open();
        async Task<Reply> Raise(params (string From, string To, int Add)[] ranges) => await api.Operator.Post($"{Path}/raise", Json.Of(
            ("where", ranges.Select(range => new { pool = Schools.Pool, from = range.From, to = range.To, add = range.Add })), ("version", 1),
            ("reason", "r")));
        const string one = "2026-06-01T14:00:00Z", two = "2026-06-01T15:00:00Z", three = "2026-06-01T16:00:00Z";
        (await Raise((one, three, 50_000), (two, three, 49_001))).MustRefuse(400, "invalid");
        (await Raise((one, two, 60_000), (two, three, 60_000))).Must(200);
    }

    [Fact]
    public async Task R11_a_capacity_that_changed_since_is_not_undone_and_bad_ranges_change_nothing()
    {
        await using var api = await TestApi.Open();
        static string Body(string from, string to, int add, string pool = Schools.Pool) => Json.Of(
            ("where", new[] { new { pool, from, to, add } }), ("version", 1), ("reason", "as advised"));
        const string from = "2026-06-01T14:00:00Z", to = "2026-06-01T15:00:00Z";
        (await api.Operator.Post($"{Path}/raise", Body(from, "2026-06-01T15:30:00Z", 1))).MustRefuse(422, "not_on_slot");
        foreach (var (bad, field) in new[]
        {
            (Body(from, from, 1), "where[0].to"), (Body(from, to, 0), "where[0].add"), (Body(from, to, -1), "where[0].add"),
            (Body(from, to, 99_001), "where[0].add"), (Body(from, to, 1, "other"), "where[0].pool"),
            (Body("2026-02-01T14:00:00Z", "2026-02-01T15:00:00Z", 1), "where[0].to"),
            ("""{"where":[],"version":1,"reason":"r"}""", "where"),
            ($$"""{"where":[{"pool":"{{Schools.Pool}}","from":"{{from}}","to":"{{to}}","add":1}],"version":1,"reason":" "}""", "reason"),
        })
        {
            (await api.Operator.Post($"{Path}/raise", bad)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().Select(error => error.Key)
                .ShouldContain(field, bad);
        }

        (await api.Operator.Post("/pools/gone/capacity/raise", Body(from, to, 1))).MustRefuse(404, "not_found");
        (await api.Operator.Post($"{Path}/undo", Undo(1))).MustRefuse(409, "nothing_to_undo");
        (await api.Operator.Post($"{Path}/raise", Body(from, to, 1))).Must(200);
        (await api.Operator.Put(Path, Json.Of(("from", "2026-06-02T14:00:00Z"), ("to", "2026-06-02T15:00:00Z"), ("seats", 10)))).Must(200);
        (await api.Operator.Post($"{Path}/undo", Undo(2))).MustRefuse(412, "stale");
        (await api.Operator.Post($"{Path}/undo", Undo(3))).MustRefuse(409, "nothing_to_undo");
    }

    [Fact]
    public async Task R11_a_raise_names_so_many_ranges_and_no_more()
    {
        await using var api = await TestApi.Open();
        var first = Instant.FromUtc(2026, 6, 1, 0, 0);
        string Body(int ranges) => Json.Of(
            ("where", Enumerable.Range(0, ranges).Select(hour => new
            {
                pool = Schools.Pool, from = Schools.Text(first + Duration.FromHours(hour)), to = Schools.Text(first + Duration.FromHours(hour + 1)), add = 1,
            }).ToArray()),
            ("version", 1), ("reason", "as advised"));
        (await api.Operator.Post($"{Path}/raise", Body(Limits.RaisedRanges + 1))).MustRefuse(400, "invalid").Json["errors"]!.AsObject()
            .Select(error => error.Key).ShouldBe(["where"]);
        (await api.Operator.Post($"{Path}/raise", Body(Limits.RaisedRanges))).Must(200).Number("version").ShouldBe(2);
    }

    private static string Undo(int version) => Json.Of(("version", version), ("reason", "not needed"));
}
