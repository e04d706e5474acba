using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R16 over HTTP, with the solver as a child process: the hash is shown while a season collects requests, the seed and the lots after the opening's plan was
/// applied, and nothing shows the seed before.
/// </summary>
public sealed class R16_Lots
{
    private const string Season = "/seasons/finals";

    [Fact]
    public async Task R16_the_hash_is_shown_before_and_the_seed_after_and_the_lots_decide_between_equals()
    {
        await using var api = await TestApi.Open();
        var body = JsonNode.Parse(Json.Of(
            ("name", "Finals"), ("from", "2026-05-11"), ("to", "2026-05-13"), ("leadTimeDays", 21), ("fairShare", 1),
            ("collectUntil", "2026-04-01T16:00:00Z")))!;
        ((string?)(await api.Operator.Put($"{Season}?dryRun=true", body.DeepClone())).Must(200).Json["after"]!["seedHash"]).ShouldBeNull();
        var hash = (await api.Operator.Put(Season, body.DeepClone())).Must(200).Member("seedHash");
        hash.ShouldMatch("^[0-9a-f]{64}$");
        // What GET gives can be PUT as it is, and the hash stays.
        (await api.Operator.Put(Season, (await api.Operator.Get(Season)).Must(200).Json)).Must(200).Member("seedHash").ShouldBe(hash);
        (await api.Operator.Put($"{Season}?dryRun=true", body.DeepClone())).Must(200).Text.ShouldContain(hash);
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(
            ("from", "2026-05-12T14:00:00Z"), ("to", "2026-05-12T15:00:00Z"), ("seats", 10))));
        var requests = new List<string> { await Ask(api, Schools.Own), await Ask(api, Schools.Foreign), await Ask(api, Schools.Board) };
        var seen = new List<string> { (await api.Operator.Get("/audit?subject=season/finals")).Must(200).Text };
        Before((await api.Caller("viewer").Get($"{Season}/opening")).Must(200), hash);

        // A plan of one day draws lots and does not end the opening.
        api.Clock.Set(Instant.FromUtc(2026, 4, 1, 16, 1));
        await Plan(api, "2026-05-13T00:00:00Z", seen, isApplied: true);
        Before((await api.Caller("viewer").Get($"{Season}/opening")).Must(200), hash);
        var plan = await Plan(api, "2026-05-11T04:00:00Z", seen, isApplied: false);
        Before((await api.Caller("viewer").Get($"{Season}/opening")).Must(200), hash);
        seen.Add((await api.Operator.Get(Season)).Must(200).Text);
        seen.Add((await api.Operator.Get("/plans")).Must(200).Text);
        await ApiClient.Must(api.Operator.Post($"/plans/{plan}/apply", null));

        var after = (await api.Caller("viewer").Get($"{Season}/opening")).Must(200);
        var seed = after.Member("seed");
        OpeningSeed.Hash(seed).ShouldBe(hash);
        after.Member("plan").ShouldBe(plan);
        foreach (var text in seen)
            text.ShouldNotContain(seed);
        var lots = after.Json["lots"]!.AsArray();
        lots.Select(lot => (string)lot!["request"]!).Order().ShouldBe(requests.Order());
        lots.Select(lot => (string)lot!["lot"]!).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        foreach (var lot in lots)
            OpeningSeed.Lot(seed, new(Guid.Parse((string)lot!["request"]!))).ShouldBe((string)lot["lot"]!);
        for (var place = 0; place < lots.Count; place++)
        {
            var request = (await api.Operator.Get($"/requests/{lots[place]!["request"]}")).Must(200);
            request.Member("status").ShouldBe(place == 0 ? "placed" : "queued", "ten seats serve the first lot");
        }

        // The next opening of the season has a seed of its own.
        body["collectUntil"] = "2026-04-20T16:00:00Z";
        (await api.Operator.Put(Season, body.DeepClone())).Must(200).Member("seedHash").ShouldNotBe(hash);
        ((string?)(await api.Caller("viewer").Get($"{Season}/opening")).Must(200).Json["seed"]).ShouldBeNull();
        await api.MustAddUp();
    }

    private static void Before(Reply opening, string hash)
    {
        opening.Member("seedHash").ShouldBe(hash);
        ((string?)opening.Json["seed"]).ShouldBeNull();
        ((string?)opening.Json["plan"]).ShouldBeNull();
        opening.Json["lots"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>A plan whose run has ended. Adds all that an operator can read of the plan.</summary>
    private static async Task<string> Plan(TestApi api, string from, List<string> seen, bool isApplied)
    {
        var made = (await api.Operator.Post("/plans", new JsonObject
        {
            ["pools"] = null, ["from"] = from, ["to"] = "2026-05-14T04:00:00Z", ["timeLimitSeconds"] = 20, ["movable"] = "none",
        })).Must(202);
        var id = made.Member("id");
        seen.Add((await api.Operator.Get($"/plans/{id}/events")).Must(200).Text);
        var shown = (await api.Operator.Get($"/plans/{id}")).Must(200);
        shown.Member("status").ShouldBe("ready", shown.Text);
        seen.AddRange([shown.Text, System.Text.Encoding.UTF8.GetString((await api.Operator.Get($"/plans/{id}/instance")).Must(200).Body)]);
        seen.Add((await api.Operator.Get($"/audit?subject=plan/{id}")).Must(200).Text);
        if (isApplied)
            await ApiClient.Must(api.Operator.Post($"/plans/{id}/apply", null));
        return id;
    }

    private static async Task<string> Ask(TestApi api, string school) => (await api.Operator.Post($"/institutions/{school}/requests", new JsonObject
    {
        ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 10, ["mode"] = "lab", ["preferredStart"] = "2026-05-12T14:00:00Z",
        ["windows"] = JsonNode.Parse("""[{"from":"2026-05-12","to":"2026-05-12","fromTime":"10:00","toTime":"11:00"}]"""),
    })).Must(201).Member("id");
}
