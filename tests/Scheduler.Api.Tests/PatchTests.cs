using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Scheduler.Tests;

/// <summary>What operators set up is changed field by field, and no change is lost: merge patches, and versions in bodies.</summary>
public sealed class PatchTests
{
    private static readonly string[] _paths =
        [$"/pools/{Schools.Pool}", $"/exams/{Schools.Exam}", "/seasons/winter", $"/institutions/{Schools.Own}", "/policy"];

    [Fact]
    public async Task A_field_that_is_left_out_of_a_patch_stays()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/policy", new JsonObject { ["leadTimeDays"] = 20, ["maxHolds"] = 7 }));
        var changed = (await api.Operator.Patch("/policy", """{"holdMinutes":9}""")).Must(200);
        (changed.Number("holdMinutes"), changed.Number("leadTimeDays"), changed.Number("maxHolds")).ShouldBe((9, 20, 7));
        (await api.Operator.Get("/policy")).Text.ShouldBe(changed.Text);
        changed.Header("ETag").ShouldBe((await api.Operator.Get("/policy")).Header("ETag"));
        // A PUT is a replacement.
        (await api.Operator.Put("/policy", """{"holdMinutes":9}""")).Must(200).Number("leadTimeDays").ShouldBe(14);
    }

    [Fact]
    public async Task An_empty_patch_and_what_a_GET_shows_change_nothing_of_any_thing()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
        foreach (var path in _paths)
        {
            var shown = (await api.Operator.Get(path)).Must(200).Json.AsObject();
            foreach (var isEmpty in new[] { true, false })
            {
                var patch = isEmpty ? [] : (await api.Operator.Get(path)).Json.AsObject();
                var records = await Records(api);
                (await api.Operator.Patch(path, patch)).Must(200).Json.ToJsonString().ShouldBe(shown.ToJsonString(), path);
                (await api.Operator.Patch($"{path}?dryRun=true", patch)).Must(200).Json["after"]!.ToJsonString().ShouldBe(shown.ToJsonString(), path);
                (await Records(api)).ShouldBe(records, "a change that changes nothing leaves no record and no version");
            }
        }
    }

    [Fact]
    public async Task Null_removes_a_field_and_a_field_that_is_needed_cannot_go()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
        await ApiClient.Must(api.Operator.Patch("/seasons/winter", """{"leadTimeDays":35,"collectUntil":"2026-06-01T00:00:00Z"}"""));
        var season = (await api.Operator.Patch("/seasons/winter", """{"leadTimeDays":null,"collectUntil":null}""")).Must(200);
        season.Number("leadTimeDays").ShouldBe(21);
        season.Json["collectUntil"].ShouldBeNull();
        (await api.Operator.Patch("/seasons/winter", """{"name":null}""")).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("name");
        var exam = (await api.Operator.Patch($"/exams/{Schools.Exam}", """{"resetMinutes":null}""")).Must(200);
        (exam.Number("resetMinutes"), exam.Number("checkInMinutes")).ShouldBe((0, 5));
        (await api.Operator.Patch("/policy", """{"maxHolds":null}""")).Must(200).Number("maxHolds").ShouldBe(5);
    }

    [Fact]
    public async Task Of_ready_and_onboarding_the_one_that_is_left_out_follows()
    {
        await using var api = await TestApi.Open();
        const string path = $"/institutions/{Schools.Own}";
        (await api.Operator.Patch(path, """{"onboarding":{"itOnline":false}}""")).Must(200).Json["ready"]!.GetValue<bool>().ShouldBeFalse();
        var named = (await api.Operator.Patch(path, """{"ready":false,"name":"Maple"}""")).Must(200).Json;
        ((bool)named["onboarding"]!["itLab"]!, (bool)named["onboarding"]!["itOnline"]!).ShouldBe((true, false), "nothing has changed, so no step is lost");
        (await api.Operator.Patch(path, """{"onboarding":{"itOnline":true}}""")).Must(200).Json["ready"]!.GetValue<bool>().ShouldBeTrue();
        // Bug: false and then true undid every step and did them all again, so that the record of who did them and when was lost.
        (await api.Operator.Patch(path, """{"ready":false}""")).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("ready");
        // Bug: a null counted as a step that is open.
        (await api.Operator.Patch(path, """{"onboarding":{"itLab":null}}""")).MustRefuse(400, "invalid").Json["errors"]!.AsObject()
            .ShouldContainKey("onboarding.itLab");
        (await api.Operator.Patch(path, """{"ready":false,"onboarding":{"itOnline":false}}""")).Must(200);
        ((bool)(await api.Operator.Patch(path, """{"ready":true}""")).Must(200).Json["onboarding"]!["itOnline"]!).ShouldBeTrue();
        (await api.Operator.Patch(path, """{"ready":true,"onboarding":{"itLab":false}}""")).MustRefuse(400, "invalid");
    }

    [Fact]
    public async Task A_patch_is_refused_by_the_names_of_its_fields_and_an_absent_thing_is_404()
    {
        await using var api = await TestApi.Open();
        foreach (var (patch, field) in new[]
        {
            ("""{"minutes":0}""", "minutes"), ("""{"pools":["nowhere"]}""", "pools[0]"), ("""{"sneaky":1}""", "sneaky"),
            ("""{"name":"a","name":"b"}""", "name"), ("""{"name":null,"name":"b"}""", "name"), ("""{"id":"other"}""", "id"),
            ("""{"version":null}""", "version"),
            ("""{"version":"1"}""", "version"), ("[]", "body"), ("", "body"), ("{\"\\ud800\":1}", "body"),
        })
        {
            (await api.Operator.Patch($"/exams/{Schools.Exam}", patch)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey(field, patch);
        }

        (await api.Operator.Patch($"/exams/{Schools.Exam}", "{}", ("Content-Type", "application/merge-patch+json"))).Must(200);
        (await api.Operator.Patch($"/exams/{Schools.Exam}", "{}", ("Content-Type", "text/plain"))).MustRefuse(415, "unsupported_media_type");
        foreach (var path in new[] { "/pools/absent", "/exams/absent", "/seasons/absent", "/institutions/absent", "/exams/BAD" })
            (await api.Operator.Patch(path, "{}")).MustRefuse(404, "not_found");
        (await api.Operator.Patch($"/pools/{Schools.Pool}", """{"zone":"America/St_Johns"}""")).MustRefuse(409, "pool_zone_fixed");
    }

    [Fact]
    public async Task A_version_in_a_body_that_is_not_the_present_one_is_stale()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
        foreach (var path in _paths)
        {
            var shown = (await api.Operator.Get(path)).Must(200).Json.AsObject();
            var version = await Version(api, path);
            shown["version"] = version;
            var old = shown.DeepClone();
            (await api.Operator.Put(path, shown)).Must(200).Header("ETag").ShouldBe($"\"{version + 1}\"", path);
            (await api.Operator.Put(path, old)).MustRefuse(412, "stale");
            (await api.Operator.Patch(path, old)).MustRefuse(412, "stale");
            (await api.Operator.Patch(path, new JsonObject { ["version"] = version })).MustRefuse(412, "stale");
            old["version"] = version + 1;
            // The header and the body must both hold.
            (await api.Operator.Put(path, old, ("If-Match", $"\"{version}\""))).MustRefuse(412, "stale");
            (await api.Operator.Patch(path, old, ("If-Match", $"\"{version}\""))).MustRefuse(412, "stale");
            (await api.Operator.Patch(path, new JsonObject { ["version"] = version + 1 }, ("If-Match", $"\"{version + 1}\""))).Must(200)
                .Header("ETag").ShouldBe($"\"{version + 1}\"", "nothing has changed");
            foreach (var odd in new[] { "\"1\"", "1.5", "-1", "true", "null", "[]", "99999999999" })
            {
                var body = old.ToJsonString().Replace($"\"version\":{version + 1}", $"\"version\":{odd}", StringComparison.Ordinal);
                (await api.Operator.Put(path, body)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("version", odd);
            }
        }

        var fresh = SampleBodies.Samples["Pool"].DeepClone();
        fresh["version"] = 1;
        (await api.Operator.Put("/pools/fresh", fresh)).MustRefuse(412, "stale");
    }

    [Fact]
    public async Task R13_a_repeat_of_a_patch_gets_the_first_answer_also_after_a_later_change()
    {
        await using var api = await TestApi.Open();
        var first = (await api.Operator.Patch("/policy", """{"holdMinutes":9}""", ("Idempotency-Key", "k"))).Must(200);
        await ApiClient.Must(api.Operator.Patch("/policy", """{"holdMinutes":12}"""));
        var again = (await api.Operator.Patch("/policy", """{ "holdMinutes": 9 }""", ("Idempotency-Key", "k"))).Must(200);
        (again.Text, again.Header("Idempotency-Replayed")).ShouldBe((first.Text, "true"));
        (await api.Operator.Get("/policy")).Number("holdMinutes").ShouldBe(12);
        (await api.Operator.Patch("/policy", """{"holdMinutes":10}""", ("Idempotency-Key", "k"))).MustRefuse(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task No_patch_is_lost_when_many_change_one_thing_at_once()
    {
        await using var api = await TestApi.Open();
        string[] fields = ["holdMinutes", "maxHolds", "cancelCutoffDays", "fairShareLiftDays", "candidatesPerProctor"];
        var replies = await Task.WhenAll(fields.Select(field => ApiClient.Patiently(() => api.Operator.Patch("/policy", $$"""{"{{field}}":33}"""))));
        foreach (var reply in replies)
            reply.Must(200);
        var policy = (await api.Operator.Get("/policy")).Must(200);
        foreach (var field in fields)
            policy.Number(field).ShouldBe(33, field);
    }

    private static async Task<int> Records(TestApi api) => (await api.Operator.Get("/audit?limit=500")).Must(200).Json["items"]!.AsArray().Count;

    private static async Task<int> Version(TestApi api, string path) =>
        int.Parse((await api.Operator.Get(path)).Must(200).Header("ETag")!.Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
}
