using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R11: the policy's nightly plan over HTTP, from the setting to the bookings in the morning.</summary>
public sealed class R11_NightlyPlan
{
    private const string Nightly = """{"at":"02:30","zone":"America/Toronto","pools":["office"],"days":60,"timeLimitSeconds":5}""";

    [Fact]
    public async Task R11_the_plan_is_ready_in_the_morning_and_applied_only_when_the_policy_says_so()
    {
        await using var api = await TestApi.Open();
        // Nine in the morning in Toronto: the night before is too long ago.
        api.Clock.Set(Instant.FromUtc(2026, 3, 2, 14, 0));
        (await api.Operator.Patch("/policy", Json.Of(("nightlyPlan", JsonNode.Parse(Nightly))))).Must(200);
        var request = (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 12, ["mode"] = "lab", ["localPreferredStart"] = "2026-04-06T10:00",
            ["windows"] = JsonNode.Parse("""[{"from":"2026-04-06","to":"2026-04-06"}]"""),
        })).Must(201).Member("id");
        var clockwork = api.Services.GetRequiredService<IGrainFactory>().GetGrain<IClockworkGrain>(0);
        await clockwork.Run();
        api.Clock.Set(Instant.FromUtc(2026, 3, 3, 7, 30));
        await clockwork.Run();
        var plan = (await Listed(api)).ShouldHaveSingleItem()!;
        ((string)plan["from"]!, (string)plan["to"]!).ShouldBe(("2026-03-03T07:30:00Z", "2026-05-02T07:30:00Z"));
        (await api.Operator.Get($"/plans/{plan["id"]}/events")).Must(200);
        await clockwork.Run();
        (await api.Operator.Get($"/plans/{plan["id"]}")).Must(200).Member("status").ShouldBe("ready");
        (await api.Operator.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("queued");

        (await api.Operator.Patch("/policy", JsonNode.Parse("""{"nightlyPlan":{"apply":true}}"""))).Must(200);
        await clockwork.Run();
        await clockwork.Run();
        (await api.Operator.Get($"/plans/{plan["id"]}")).Must(200).Member("status").ShouldBe("applied");
        (await api.Operator.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("placed");
        (await Listed(api)).Count.ShouldBe(1);
        var audit = (await api.Operator.Get($"/audit?subject=plan/{plan["id"]}")).Must(200).Json["items"]!.AsArray();
        audit.ShouldAllBe(row => (string)row!["who"]! == "Scheduler's clock" && row["key"] == null);
        audit.Select(row => (string)row!["what"]!).ShouldBe(["plan_made", "plan_ended", "plan_applied"]);

        (await api.Operator.Patch("/policy", JsonNode.Parse("""{"nightlyPlan":null}"""))).Must(200).Json["nightlyPlan"].ShouldBeNull();
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_each_field_that_makes_no_sense_is_named()
    {
        await using var api = await TestApi.Open();
        foreach (var (nightly, field) in new[]
        {
            ("""{"zone":"America/Toronto"}""", "nightlyPlan.at"),
            ("""{"at":"02:30"}""", "nightlyPlan.zone"),
            ("""{"at":"24:00","zone":"America/Toronto"}""", "nightlyPlan.at"),
            ("""{"at":"02:30","zone":"Mars/Base"}""", "nightlyPlan.zone"),
            ("""{"at":"02:30","zone":"America/Toronto","pools":[]}""", "nightlyPlan.pools"),
            ("""{"at":"02:30","zone":"America/Toronto","pools":["gone"]}""", "nightlyPlan.pools[0]"),
            ("""{"at":"02:30","zone":"America/Toronto","days":93}""", "nightlyPlan.days"),
            ("""{"at":"02:30","zone":"America/Toronto","timeLimitSeconds":601}""", "nightlyPlan.timeLimitSeconds"),
        })
        {
            var refused = (await api.Operator.Put("/policy", $$"""{"nightlyPlan":{{nightly}}}""")).MustRefuse(400, "invalid");
            refused.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field], nightly);
        }

        var set = (await api.Operator.Put("/policy", $$"""{"nightlyPlan":{{Nightly}}}""")).Must(200);
        (await api.Operator.Put("/policy", set.Text)).Must(200).Json["nightlyPlan"]!.ToJsonString().ShouldBe(set.Json["nightlyPlan"]!.ToJsonString());
    }

    private static async Task<JsonArray> Listed(TestApi api) => (await api.Operator.Get("/plans")).Must(200).Json["items"]!.AsArray();
}
