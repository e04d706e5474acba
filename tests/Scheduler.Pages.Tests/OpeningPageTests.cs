using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>A season that collects requests (R16): its page, and the way from an hour of the season to a request.</summary>
public sealed class OpeningPageTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Opens = "2026-04-01T16:00:00Z";

    [Theory]
    [InlineData("Desktop", "en-CA", "exams-d")]
    [InlineData("Narrow", "fr-CA", "exams-n")]
    public async Task A_school_sees_what_is_asked_and_offered_and_sends_a_request(string name, string language, string season)
    {
        await ApiClient.Must(pages.Api.Operator.Put($"/seasons/{season}", Json.Of(
            ("name", "Spring <i>finals</i>"), ("from", "2026-05-11"), ("to", "2026-05-15"), ("leadTimeDays", 21), ("fairShare", 0.25),
            ("collectUntil", Opens))));
        var start = Instant.FromUtc(2026, 5, 12, 14, 0);
        await using var visitor = await pages.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language });
        var page = visitor.Page;
        await visitor.SignIn(pages.Key("instructor"));
        await visitor.Open($"/opening?season={season}");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Spring <i>finals</i>");
        (await page.Locator("main").InnerTextAsync()).Replace('\u00a0', ' ')
            .ShouldContain(language == "fr-CA" ? "Demandes seulement jusqu’au mer. 1er avr., 12 h HAE" : "Requests only until Wed Apr 1, 12:00 EDT.");
        var before = await Asked(visitor);
        await visitor.MustBeSound("an opening");
        await visitor.Picture($"opening-{name}-{language}");

        // An hour of the season leads to the page that says so, and a request goes from there.
        var path = name == "Narrow" ? "/availability/day" : "/availability";
        await visitor.Open($"{path}?pool={Schools.Pool}&exam={Schools.Exam}&mode=online&seats=7&from=2026-05-12");
        (await page.Locator(".elsewhere").First.InnerTextAsync()).ShouldContain("Spring <i>finals</i>");
        (await page.Locator("a.cell.collecting:visible").First.InnerTextAsync()).Replace('\n', ' ')
            .ShouldMatch(language == "fr-CA" ? @"^\d+ demandées? sur 1\u00a0000$" : @"^\d+ asked of 1,000$");
        await page.Locator($"a.cell.collecting[href*='{Uri.EscapeDataString(TextForms.Instant.Write(start))}']:visible").ClickAsync();
        await visitor.MustBeSound("an hour of a season that collects");
        (await page.Locator(".askedhours li").CountAsync()).ShouldBeGreaterThan(0);
        await page.Locator("[data-flexible]").ClickAsync();
        visitor.Address.ShouldStartWith("/queue?request=");
        await visitor.Open($"/opening?season={season}");
        (await Asked(visitor)).ShouldBe(before + 7);
        (await page.Locator(".opens li").CountAsync()).ShouldBeGreaterThan(0);
        await visitor.MustBeSound("an opening with a request");
        await visitor.Picture($"opening-own-{name}-{language}");

        // A viewer reads, and sends nothing.
        using var viewer = new PageClient(pages.Api.Url);
        await viewer.SignIn(pages.Key("viewer"));
        (await viewer.Get($"/opening?season={season}")).Text.ShouldNotContain("button primary");
    }

    /// <summary>R16: the hash stands on the page while the season collects, the seed and the lots after the opening's plan was applied.</summary>
    [Fact]
    public async Task R16_the_page_shows_the_hash_before_and_the_seed_and_the_places_after()
    {
        await ApiClient.Must(pages.Api.Operator.Put("/seasons/lots", Json.Of(
            ("name", "Lots <i>here</i>"), ("from", "2026-06-01"), ("to", "2026-06-05"), ("leadTimeDays", 21), ("fairShare", 0.25), ("collectUntil", Opens))));
        var asked = (await pages.Api.Operator.Post($"/institutions/{Schools.Own}/requests", new System.Text.Json.Nodes.JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 3, ["mode"] = "lab", ["preferredStart"] = "2026-06-02T14:00:00Z",
            ["windows"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"from":"2026-06-02","to":"2026-06-02"}]"""),
        })).Must(201).Member("id");
        var hash = (await pages.Api.Operator.Get("/seasons/lots")).Must(200).Member("seedHash");
        var (own, other) = (new RequestId(Guid.Parse(asked)), RequestId.New());
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key("viewer"));
        var before = (await reader.Get("/opening?season=lots")).Text;
        before.ShouldContain(hash);
        before.ShouldNotContain("data-seed");

        var ledger = pages.Api.Services.GetRequiredService<SeatLedger>();
        var seed = (await ledger.Read.PrivateRow(PrivateKind.OpeningSeed, hash, TestContext.Current.CancellationToken))!.Body;
        var order = OpeningSeed.Order(seed, [own, other]);
        var now = pages.Api.Clock.Now;
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Applied, MadeBy = "start", MadeAt = now, EndedAt = now,
            Scope = new([PoolId.Of(Schools.Pool)], now, now + Duration.FromDays(99), 30, false) { Opening = new(SeasonId.Of("lots"), hash, IsWhole: true) },
        };
        var outcome = await ledger.Commit(
            new()
            {
                Record = new() { At = now, Who = "start", Kind = ChangeKind.PlanMade, Subject = plan.Id.ToString(), After = new PlanSnapshot(plan) },
                Rows = [new RowWrite.PlanPut(plan), new RowWrite.PlanFile(plan.Id, PlanFileKind.Lots, LotsText.Write(order))],
            },
            TestContext.Current.CancellationToken);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        await using var visitor = await pages.Visit(Look.Desktop with { Language = "fr-CA" });
        await visitor.SignIn(pages.Key("viewer"));
        await visitor.Open("/opening?season=lots");
        var text = await visitor.Page.Locator(".lots").InnerTextAsync();
        text.ShouldContain(hash);
        text.ShouldContain(seed);
        text.ShouldContain($"rang {order.IndexOf(own) + 1} sur 2");
        await visitor.Page.Locator(".lots summary").ClickAsync();
        (await visitor.Page.Locator(".order li").AllInnerTextsAsync()).Select(line => line[..36]).ShouldBe(order.Select(one => one.ToString()));
        await visitor.MustBeSound("the lots of an opening");
        await visitor.Picture("opening-lots");
        (await reader.Get("/api/v1/seasons/lots/opening")).Text.ShouldContain(seed);
    }

    /// <summary>The seats asked on the day of the test's request.</summary>
    private static async Task<int> Asked(Visitor visitor) => int.Parse(
        (await visitor.Page.Locator(".asked tbody tr").Nth(1).Locator("td.end").First.InnerTextAsync()).Split(' ')[0],
        System.Globalization.CultureInfo.InvariantCulture);
}
