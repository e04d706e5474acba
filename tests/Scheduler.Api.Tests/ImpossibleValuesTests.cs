using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>A careless operator: what can never make sense, or needs a reason, is refused by the name of its field, with a remedy.</summary>
public sealed class ImpossibleValuesTests
{
    private const string Capacity = $"/pools/{Schools.Pool}/capacity";
    private const string Template = $"/pools/{Schools.Pool}/template";

    [Fact]
    public async Task R15_a_force_without_a_reason_is_refused()
    {
        await using var api = await TestApi.Open();
        var from = Schools.Slot(40, 9);
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(from, 5))).Must(201);
        var exception = new JsonObject { ["from"] = Schools.Text(from), ["to"] = Schools.Text(from + Duration.FromHours(1)), ["seats"] = 2, ["force"] = true };
        var template = SampleBodies.Samples["Template"].DeepClone().AsObject();
        template["force"] = true;
        foreach (var reason in new JsonNode?[] { null, "", " \t " })
        {
            exception["reason"] = reason?.DeepClone();
            template["reason"] = reason?.DeepClone();
            await Named(api.Operator.Put(Capacity, exception), "reason");
            await Named(api.Operator.Put(Template, template), "reason");
        }

        var range = $"{Capacity}?from={Schools.Text(from)}&to={Schools.Text(from + Duration.FromHours(1))}";
        await Named(api.Operator.Delete($"{range}&force=true"), "reason");
        await Named(api.Operator.Delete($"{range}&force=true&reason=%20"), "reason");
        exception["reason"] = "two racks failed";
        (await api.Operator.Put(Capacity, exception)).Must(200).Root.GetProperty("shortfall")[0].GetProperty("seats").GetInt32().ShouldBe(3);
        (await api.Operator.Delete($"{range}&force=true&reason=repaired")).Must(200);
        var start = Schools.Booking(Schools.Slot(1, 1));
        start["override"] = new JsonObject();
        await Named(api.Operator.Post($"/institutions/{Schools.Own}/bookings", start), "override.reason");
    }

    [Fact]
    public async Task R03_capacity_wholly_in_the_past_is_refused_and_a_part_in_the_past_is_not()
    {
        await using var api = await TestApi.Open();
        var now = api.Clock.Now;
        foreach (var (from, to, isPast) in new[] { (-30, -3, true), (-3, 0, true), (-3, 1, true), (0, 1, true), (-3, 2, false), (1, 2, false) })
        {
            var range = (From: Schools.Text(now + Duration.FromHours(from)), To: Schools.Text(now + Duration.FromHours(to)));
            var put = await api.Operator.Put(Capacity, new JsonObject { ["from"] = range.From, ["to"] = range.To, ["seats"] = 900 });
            var deleted = await api.Operator.Delete($"{Capacity}?from={range.From}&to={range.To}");
            if (isPast)
            {
                await Named(Task.FromResult(put), "to");
                await Named(Task.FromResult(deleted), "to");
                continue;
            }

            put.Must(200);
            deleted.Must(204);
        }

        // 12:00 UTC on 2 March is 07:00 in Toronto: the template's last day is today.
        var template = SampleBodies.Samples["Template"].DeepClone().AsObject();
        template["from"] = "2026-02-01";
        template["to"] = "2026-03-01";
        await Named(api.Operator.Put(Template, template), "to");
        template["to"] = "2026-03-02";
        (await api.Operator.Put(Template, template)).Must(200);
    }

    [Fact]
    public async Task R02_a_season_in_which_nobody_could_book_is_refused()
    {
        await using var api = await TestApi.Open();
        await Named(Season(api, "to", "2026-03-01", "from", "2026-02-01"), "to");
        (await Season(api, "to", "2026-03-02", "from", "2026-02-01")).Must(200);
        await Named(Season(api, "leadTimeDays", 366), "leadTimeDays");
        (await Season(api, "leadTimeDays", 365)).Must(200);
        await Named(Season(api, "collectUntil", "2026-12-19T12:00:00Z"), "collectUntil");
        (await Season(api, "collectUntil", "2026-12-18T12:00:00Z")).Must(200);
        api.Clock.Set(Instant.FromUtc(2026, 12, 19, 12, 0));
        (await Season(api, "name", "Last winter")).Must(200);
        await Named(api.Operator.Send("PATCH", "/seasons/winter", """{"to":"2026-12-17"}"""), "to");
    }

    [Fact]
    public async Task R02_a_policy_under_which_nobody_could_book_is_refused()
    {
        await using var api = await TestApi.Open();
        await Named(api.Operator.Put("/policy", Json.Of(("leadTimeDays", 366))), "leadTimeDays");
        await Named(api.Operator.Put("/policy", Json.Of(("horizonDays", 13))), "horizonDays");
        await Named(api.Operator.Put("/policy", Json.Of(("cancelCutoffDays", 366))), "cancelCutoffDays");
        (await api.Operator.Put("/policy", Json.Of(("horizonDays", 14)))).Must(200);
        (await api.Operator.Put("/policy", "{}")).Must(200);
        (await Season(api, "leadTimeDays", 40)).Must(200);
        var named = await Named(api.Operator.Put("/policy", Json.Of(("horizonDays", 39))), "horizonDays");
        named.ShouldContain("'winter'");
        (await api.Operator.Put("/policy", Json.Of(("horizonDays", 40)))).Must(200);
        await Named(Season(api, "leadTimeDays", 41), "leadTimeDays");
        api.Clock.Set(Instant.FromUtc(2026, 12, 19, 12, 0));
        (await api.Operator.Put("/policy", Json.Of(("horizonDays", 20)))).Must(200);
    }

    [Fact]
    public async Task R07_a_pack_that_no_booking_can_use_is_refused()
    {
        await using var api = await TestApi.Open();
        var packs = $"/institutions/{Schools.Own}/packs";
        var named = await Named(api.Operator.Post(packs, Json.Of(("programme", "MSO"), ("quantity", 5), ("purchasedOn", "2026-03-01"))), "programme");
        named.ShouldContain("MSO");
        await Named(api.Operator.Post(packs, Json.Of(("programme", "MOS"), ("quantity", 5), ("purchasedOn", "2027-03-03"))), "purchasedOn");
        (await api.Operator.Post(packs, Json.Of(("programme", "MOS"), ("quantity", 5), ("purchasedOn", "2027-03-02")))).Must(201);
        (await api.Operator.Post(packs, Json.Of(("programme", "MOS"), ("quantity", 5), ("purchasedOn", "2024-03-02")))).Must(201);
        (await api.Operator.Post("/institutions/absent/packs", Json.Of(("programme", "MSO"), ("quantity", 5), ("purchasedOn", "2026-03-01"))))
            .MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task R09_an_entry_larger_than_its_pool_ever_is_does_not_wait()
    {
        await using var api = await TestApi.Open();
        var start = Schools.Slot(40, 9);
        (await api.Operator.Put(Capacity, Hour(start, 10))).Must(200);
        (await api.Operator.Put(Capacity, Hour(Schools.Slot(60, 9), 1_200))).Must(200);
        (await Join(api, start, 1_201)).MustRefuse(422, "never_fits").Number("greatestCapacity").ShouldBe(1_200);
        (await Join(api, start, 1_200)).Must(201);
        (await api.Operator.Put(Capacity, Hour(start, 0))).Must(200);
        (await Join(api, start, 3)).Must(201);
        await ApiClient.Must(api.Operator.Put("/pools/empty", Json.Of(("name", "n"), ("zone", "Etc/UTC"), ("image", "i"))));
        var exam = SampleBodies.Samples["Exam"].DeepClone();
        exam["pools"] = new JsonArray(Schools.Pool, "empty");
        await ApiClient.Must(api.Operator.Put($"/exams/{Schools.Exam}", exam));
        (await Join(api, start, 1, "empty")).MustRefuse(422, "never_fits").Number("greatestCapacity").ShouldBe(0);
    }

    private static JsonObject Hour(Instant start, int seats) =>
        new() { ["from"] = Schools.Text(start), ["to"] = Schools.Text(start + Duration.FromHours(1)), ["seats"] = seats };

    private static Task<Reply> Join(TestApi api, Instant start, int seats, string pool = Schools.Pool) =>
        api.Operator.Post($"/institutions/{Schools.Own}/requests", Json.Of(
            ("exam", Schools.Exam), ("pool", pool), ("preferredStart", Schools.Text(start)), ("seats", seats), ("mode", "lab")));

    private static Task<Reply> Season(TestApi api, params JsonNode[] changes)
    {
        var body = SampleBodies.Samples["Season"].DeepClone();
        for (var i = 0; i < changes.Length; i += 2)
            body[(string)changes[i]!] = changes[i + 1];
        return api.Operator.Put("/seasons/winter", body);
    }

    /// <summary>The remedy of a field that must be the one that the answer names.</summary>
    private static async Task<string> Named(Task<Reply> call, string field)
    {
        var errors = (await call).MustRefuse(400, "invalid").Json["errors"]!.AsObject();
        errors.ShouldContainKey(field);
        return (string)errors[field]![0]!;
    }
}
