using Microsoft.Playwright;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>Free seats on a page follow the bookings of others while the page is visible.</summary>
[Collection(nameof(FlowCollection))]
public sealed class LiveCountsTests(FlowFixture flows)
{
    [Fact]
    public async Task Counts_follow_the_bookings_of_others_and_the_focus_stays()
    {
        var day = new LocalDate(2026, 6, 16);
        await using var visitor = await flows.Visit();
        await visitor.Open(FlowFixture.Grid("/availability", day));
        var cell = visitor.Page.Locator($"a.cell[href*='{Uri.EscapeDataString(Json.Text(FlowFixture.At(day, 9)))}']");
        await cell.FocusAsync();
        (await cell.InnerTextAsync()).Trim().ShouldBe("40");
        await flows.Fill(FlowFixture.At(day, 9), 5);
        await Assertions.Expect(cell).ToHaveTextAsync("35");
        await Assertions.Expect(cell).ToBeFocusedAsync();
        (await visitor.Page.Locator("[data-stale]").IsVisibleAsync()).ShouldBeFalse();
        await visitor.MustBeSound("live counts");
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_told_with_the_time_of_the_last_count()
    {
        await using var visitor = await flows.Visit();
        // The page waits half a second for a word in place of thirty, and the stream is cut.
        await visitor.Page.RouteAsync("**/availability/live*", route => route.AbortAsync());
        await visitor.Page.AddInitScriptAsync(
            "document.addEventListener('readystatechange', () => document.querySelector('[data-stale]')?.setAttribute('data-patience', '500'))");
        await visitor.Open(FlowFixture.Grid("/availability", new(2026, 6, 8)));
        await Assertions.Expect(visitor.Page.Locator("[data-stale]")).ToBeVisibleAsync();
        (await visitor.Page.Locator("[data-stale]").InnerTextAsync())
            .ShouldContain("Counts stopped at 07:00 EST. They may have changed; booking still checks them.");
    }

    [Fact]
    public async Task Counts_that_could_not_be_taken_are_not_called_fresh()
    {
        var day = new LocalDate(2026, 6, 17);
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await visitor.Open(FlowFixture.Grid("/availability", day));
        var (last, cell) = (page.Locator("[data-last]"), page.Locator($"a.cell[href*='{Uri.EscapeDataString(Json.Text(FlowFixture.At(day, 9)))}']"));
        (await last.TextContentAsync()).ShouldBe("07:00 EST");
        await page.RouteAsync("**/availability?*", route => route.FulfillAsync(new() { Status = 503 }));
        await flows.AtTime(flows.Api.Clock.Now + Duration.FromMinutes(1), async () =>
        {
            var refused = page.WaitForResponseAsync(answer => answer.Status == 503);
            await flows.Fill(FlowFixture.At(day, 9), 5);
            await refused;
            await page.EvaluateAsync("new Promise((done) => setTimeout(done))");
            (await last.TextContentAsync()).ShouldBe("07:00 EST");
            (await cell.InnerTextAsync()).Trim().ShouldBe("40");
            await page.UnrouteAsync("**/availability?*");
            await flows.Fill(FlowFixture.At(day, 9), 5);
            await Assertions.Expect(cell).ToHaveTextAsync("30");
            await Assertions.Expect(last).ToHaveTextAsync("07:01 EST");
        });
    }

    [Fact]
    public async Task A_stream_follows_all_pools_of_the_page_on_the_clock_of_the_school_that_the_page_shows()
    {
        var day = new LocalDate(2026, 6, 18);
        var (second, exam) = await flows.SecondPool();
        await ApiClient.Must(flows.Api.Operator.Put("/institutions/west", Json.Of(
            ("name", "West"), ("zone", "America/Winnipeg"), ("board", null), ("labSeats", 60), ("proctors", 20), ("ready", true))));
        using var client = await flows.Client(TestApi.OperatorKey, "fr-CA");
        var text = (await client.Get($"/availability/day?school=west&exam={exam}&seats=2&from={day:uuuu-MM-dd}&pool={FlowFixture.Pool}")).Text;
        var address = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(text, "data-live=\"([^\"]+)\"").Groups[1].Value);
        address.ShouldContain($"pool={second}");
        address.ShouldContain($"pool={FlowFixture.Pool}");
        address.ShouldContain("school=west");
        var kinds = new List<string>();
        await foreach (var (kind, data) in client.Events(address))
        {
            data.Replace('\u00a0', ' ').ShouldBe("6 h HNC");
            kinds.Add(kind);
            if (kind == "counts")
                break;
            (await flows.Other.Post("/institutions/elm/bookings", Json.Of(
                ("exam", exam), ("pool", second), ("start", Json.Text(FlowFixture.At(day, 9))), ("seats", 3), ("mode", "online")))).Must(201);
        }

        kinds.ShouldBe(["beat", "counts"]);
    }

    [Fact]
    public void Streams_are_limited_in_number()
    {
        var open = new OpenStreams();
        var limits = new CallLimits { LiveStreams = 3, LiveStreamsOfReader = 2 };
        var (ann, bob) = (("ann", "10.0.0.1"), ("bob", "10.0.0.1"));
        open.TryAdd(ann, limits).ShouldBeTrue();
        open.TryAdd(ann, limits).ShouldBeTrue();
        open.TryAdd(ann, limits).ShouldBeFalse("one reader does not take all");
        open.TryAdd(bob, limits).ShouldBeTrue();
        open.TryAdd(bob, limits).ShouldBeFalse("there are as many as may be");
        open.Remove(ann);
        open.TryAdd(bob, limits).ShouldBeTrue();
        open.Remove(bob);
        open.TryAdd(ann, limits).ShouldBeTrue();
    }

    [Fact]
    public async Task Only_readers_who_are_signed_in_may_follow_and_only_days_that_exist()
    {
        using var nobody = new PageClient(flows.Api.Url);
        (await nobody.Get("/availability/live?pool=small&from=2026-06-01&days=7")).Status.ShouldNotBe(System.Net.HttpStatusCode.OK);
        using var reader = new PageClient(flows.Api.Url);
        await reader.SignIn(flows.Instructor.Key!);
        foreach (var query in new[] { "pool=none&from=2026-06-01&days=7", "pool=small&from=x&days=7", "pool=small&from=2026-06-01&days=99" })
            (await reader.Get($"/availability/live?{query}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound, query);
    }
}
