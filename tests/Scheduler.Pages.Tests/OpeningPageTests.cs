using NodaTime;
using Scheduler.Api;

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

    /// <summary>The seats asked on the day of the test's request.</summary>
    private static async Task<int> Asked(Visitor visitor) => int.Parse(
        (await visitor.Page.Locator(".asked tbody tr").Nth(1).Locator("td.end").First.InnerTextAsync()).Split(' ')[0],
        System.Globalization.CultureInfo.InvariantCulture);
}
