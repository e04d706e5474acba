namespace Scheduler.Tests;

/// <summary>Every list of the API: <c>next</c> is null on the last page, also when the page is exactly full.</summary>
public sealed class ListsTests
{
    private static readonly string[] _lists =
    [
        "/pools", "/exams", "/seasons", "/institutions", "/api-keys", "/audit", "/institutions/a/bookings", "/institutions/a/queue", "/institutions/a/packs",
        "/institutions/a/notices", "/bookings?pool=p&from=2026-04-10T00:00:00Z&to=2026-04-11T00:00:00Z",
    ];

    [Fact]
    public async Task The_last_page_of_every_list_has_no_next()
    {
        await using var api = await TestApi.Open(furnish: false);
        var caller = api.Operator;
        await SmallPool.Everything(caller);
        await SmallPool.Pool(caller, "q", "Etc/UTC", 5);
        foreach (var season in new[] { "spring", "summer" })
            (await caller.Put($"/seasons/{season}", Json.Of(("name", season), ("from", "2026-05-01"), ("to", "2026-05-09"), ("leadTimeDays", 21)))).Must(200);
        var start = SmallPool.Slot(40, 10);
        for (var k = 0; k < 2; k++)
        {
            await api.NewCaller("viewer", "a");
            (await caller.Post("/institutions/a/packs", Json.Of(("programme", "MOS"), ("quantity", 5), ("purchasedOn", "2026-01-15")))).Must(201);
            var id = (await caller.Post("/institutions/a/bookings", SmallPool.Booking(start, 1))).Must(201).Member("id");
            (await caller.Post($"/bookings/{id}/cancel", null)).Must(200);
        }

        // The slot is full, so these requests wait.
        (await caller.Post("/institutions/b/bookings", SmallPool.Booking(start, 20))).Must(201);
        for (var k = 0; k < 2; k++)
        {
            var wish = Json.Of(("exam", "e"), ("pool", "p"), ("preferredStart", Json.Text(start)), ("seats", 1), ("mode", "lab"));
            (await caller.Post("/institutions/a/requests", wish)).Must(201);
        }

        foreach (var path in _lists)
        {
            var list = path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?");
            var all = await Page(caller, $"{list}limit=500");
            all.Items.Count.ShouldBeGreaterThan(1, list);
            all.Next.ShouldBeNull(list);
            (await Page(caller, $"{list}limit={all.Items.Count}")).Next.ShouldBeNull($"{list} on a full page");
            var most = await Page(caller, $"{list}limit={all.Items.Count - 1}");
            most.Next.ShouldNotBeNull(list);
            var last = await Page(caller, $"{list}limit=1&cursor={Uri.EscapeDataString(most.Next)}");
            last.Next.ShouldBeNull(list);
            string[] paged = [.. most.Items, .. last.Items];
            paged.ShouldBe([.. all.Items], list);
        }
    }

    private static async Task<(List<string> Items, string? Next)> Page(ApiClient caller, string path)
    {
        var page = (await caller.Get(path)).Must(200).Json;
        return ([.. page["items"]!.AsArray().Select(one => one!["id"]!.ToString())], (string?)page["next"]);
    }
}
