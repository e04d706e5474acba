using System.Text.Json.Nodes;
using NodaTime;
using Shouldly;
using Xunit;

namespace Scheduler.Tests;

/// <summary>DELETE of what operators set up: retired things are shown, and not offered.</summary>
public sealed class RetireTests
{
    private static readonly string[] _lists = ["pools", "exams", "seasons", "institutions"];

    [Fact]
    public async Task A_retired_thing_is_shown_with_its_instant_and_a_second_DELETE_changes_nothing()
    {
        await using var api = await Open();
        foreach (var list in _lists)
        {
            var path = $"/{list}/spare";
            (await api.Operator.Get(path)).Must(200).Json["retired"].ShouldBeNull();
            (await api.Operator.Delete(path, ("If-Match", "\"9\""))).MustRefuse(412, "stale");
            (await api.Operator.Delete(path, ("If-Match", "\"1\""))).Must(204).Text.ShouldBeEmpty();
            var shown = (await api.Operator.Get(path)).Must(200);
            (shown.Member("retired"), shown.Number("version")).ShouldBe((Json.Text(api.Clock.Now), 2), path);
            api.Clock.Advance(Duration.FromMinutes(1));
            (await api.Operator.Delete(path)).Must(204);
            (await api.Operator.Get(path)).Must(200).Text.ShouldBe(shown.Text);
            (await api.Operator.Get($"/{list}?limit=500")).Must(200).Text.ShouldContain("\"spare\"");
            Ids(await api.Operator.Get($"/{list}?retired=true")).ShouldBe(["spare"], path);
            Ids(await api.Operator.Get($"/{list}?retired=false")).ShouldNotContain("spare", path);
            (await api.Operator.Get($"/{list}?retired=yes")).MustRefuse(400, "invalid");
            var rows = (await api.Operator.Get("/audit?limit=500")).Must(200).Json["items"]!.AsArray();
            rows.Count(row => (string)row!["what"]! == $"{list[..^1]}_retired").ShouldBe(1);
            (await api.Operator.Delete($"/{list}/absent")).MustRefuse(404, "not_found");
        }
    }

    [Fact]
    public async Task A_PUT_brings_back_a_PATCH_leaves_retired_and_no_body_retires()
    {
        await using var api = await Open();
        foreach (var list in _lists)
        {
            var path = $"/{list}/spare";
            (await api.Operator.Patch(path, """{"retired":"2026-01-01T00:00:00Z"}""")).Must(200).Json["retired"].ShouldBeNull();
            (await api.Operator.Delete(path)).Must(204);
            var retired = (await api.Operator.Get(path)).Must(200);
            var patched = (await api.Operator.Patch(path, """{"name":"renamed","retired":null}""")).Must(200);
            (patched.Member("retired"), patched.Member("name")).ShouldBe((retired.Member("retired"), "renamed"));
            // What a GET shows can be PUT as it is: the field is read-only.
            var back = (await api.Operator.Put(path, (await api.Operator.Get(path)).Text)).Must(200);
            back.Json["retired"].ShouldBeNull(path);
            back.Number("version").ShouldBe(patched.Number("version") + 1);
        }
    }

    [Fact]
    public async Task What_is_retired_is_refused_by_kind_and_id()
    {
        await using var api = await Open();
        foreach (var (path, kind) in new[]
        {
            ($"/exams/{Schools.Exam}", "exam"), ($"/pools/{Schools.Pool}", "pool"), ($"/institutions/{Schools.Foreign}", "institution"),
        })
        {
            (await api.Operator.Delete(path)).Must(204);
            var start = Schools.Slot(40, 9);
            var request = new JsonObject
            {
                ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1, ["mode"] = "lab", ["preferredStart"] = Json.Text(start),
            };
            foreach (var (what, body) in new[] { ("bookings", Schools.Booking(start)), ("holds", Schools.Booking(start)), ("requests", request) })
            {
                var reply = (await api.Operator.Post($"/institutions/{Schools.Foreign}/{what}", body)).MustRefuse(422, "retired");
                (reply.Member("kind"), reply.Member("id")).ShouldBe((kind, path.Split('/')[2]));
            }

            // The keys of a retired institution still read.
            (await api.Caller("foreign").Get($"/institutions/{Schools.Foreign}/bookings")).Must(200);
            (await api.Operator.Put(path, (await api.Operator.Get(path)).Text)).Must(200);
            (await api.Operator.Post($"/institutions/{Schools.Foreign}/holds", Schools.Booking(start))).Must(201);
            await ApiClient.Must(api.Operator.Delete($"/holds/{(await LastHold(api, start)).Member("id")}"));
            api.Clock.Advance(Duration.FromMinutes(11));
        }
    }

    [Fact]
    public async Task A_retired_pool_is_closed_in_availability()
    {
        await using var api = await Open();
        var path = $"/availability?pool={Schools.Pool}&from={Json.Text(Schools.Slot(40, 0))}&to={Json.Text(Schools.Slot(40, 3))}&institution={Schools.Own}";
        (await api.Operator.Get(path)).Must(200).Json["slots"]!.AsArray().ShouldAllBe(slot => (int)slot!["free"]! == 1_000);
        (await api.Operator.Delete($"/pools/{Schools.Pool}")).Must(204);
        var slots = (await api.Operator.Get(path)).Must(200).Json["slots"]!.AsArray();
        slots.Count.ShouldBe(3);
        slots.ShouldAllBe(slot => (int)slot!["capacity"]! == 0 && (int)slot["free"]! == 0 && !(bool)slot["bookable"]! && (string)slot["reason"]! == "closed");
    }

    [Fact]
    public async Task While_something_to_come_rests_on_it_the_refusal_names_it()
    {
        await using var api = await Open();
        var booking = (await api.Operator.Post($"/institutions/{Schools.Foreign}/bookings", Schools.Booking(Schools.Slot(40, 9)))).Must(201).Member("id");
        var hold = (await api.Operator.Post($"/institutions/{Schools.Foreign}/holds", Schools.Booking(Schools.Slot(40, 9)))).Must(201).Member("id");
        var wish = new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_001, ["mode"] = "lab", ["preferredStart"] = Json.Text(Schools.Slot(41, 9)),
        };
        var request = (await api.Operator.Post($"/institutions/{Schools.Foreign}/requests", wish)).Must(201).Member("id");
        string[] paths = [$"/exams/{Schools.Exam}", $"/pools/{Schools.Pool}", $"/institutions/{Schools.Foreign}"];
        foreach (var path in paths)
        {
            var reply = (await api.Operator.Delete(path)).MustRefuse(409, "in_use");
            reply.Json["bookings"]!.AsArray().Select(id => (string)id!).ShouldBe([booking], path);
            reply.Json["holds"]!.AsArray().Select(id => (string)id!).ShouldBe([hold], path);
            reply.Json["requests"]!.AsArray().Select(id => (string)id!).ShouldBe([request], path);
            reply.Json["institutions"]!.AsArray().ShouldBeEmpty();
            reply.Json["total"]!.ToJsonString().ShouldBe("""{"bookings":1,"holds":1,"requests":1}""");
            (await api.Operator.Get(path)).Json["retired"].ShouldBeNull();
        }

        var board = (await api.Operator.Delete($"/institutions/{Schools.Board}")).MustRefuse(409, "in_use");
        board.Json["institutions"]!.AsArray().Select(id => (string)id!).ShouldBe([Schools.Own]);
        await ApiClient.Must(api.Operator.Post($"/bookings/{booking}/cancel", null));
        await ApiClient.Must(api.Operator.Delete($"/holds/{hold}"));
        await ApiClient.Must(api.Operator.Delete($"/requests/{request}"));
        foreach (var path in paths)
            (await api.Operator.Delete(path)).Must(204);
    }

    [Fact]
    public async Task R13_a_repeat_of_a_DELETE_is_told_as_one_also_after_a_PUT()
    {
        await using var api = await Open();
        (await api.Operator.Delete("/exams/spare", ("Idempotency-Key", "k"))).Must(204).Header("Idempotency-Replayed").ShouldBeNull();
        await ApiClient.Must(api.Operator.Put("/exams/spare", SampleBodies.Samples["Exam"]));
        (await api.Operator.Delete("/exams/spare", ("Idempotency-Key", "k"))).Must(204).Header("Idempotency-Replayed").ShouldBe("true");
        (await api.Operator.Get("/exams/spare")).Json["retired"].ShouldBeNull();
        (await api.Operator.Delete("/pools/spare", ("Idempotency-Key", "k"))).MustRefuse(422, "idempotency_key_reused");
    }

    /// <summary>A server with a thing "spare" of every kind.</summary>
    internal static async Task<TestApi> Open()
    {
        var api = await TestApi.Open();
        foreach (var (list, body) in new[] { ("pools", "Pool"), ("exams", "Exam"), ("seasons", "Season"), ("institutions", "Institution") })
            await ApiClient.Must(api.Operator.Put($"/{list}/spare", SampleBodies.Samples[body]));
        await OfferMore(api);
        return api;
    }

    /// <summary>One far hour has more seats than a request of the tests needs, so that the request may wait.</summary>
    internal static Task OfferMore(TestApi api) => ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", new JsonObject
    {
        ["from"] = Json.Text(Schools.Slot(300, 0)), ["to"] = Json.Text(Schools.Slot(300, 1)), ["seats"] = 2_000,
    }));

    private static async Task<Reply> LastHold(TestApi api, Instant start) =>
        (await api.Operator.Post($"/institutions/{Schools.Foreign}/holds", Schools.Booking(start))).Must(201);

    private static IEnumerable<string> Ids(Reply list) => list.Must(200).Json["items"]!.AsArray().Select(entry => (string)entry!["id"]!);
}
