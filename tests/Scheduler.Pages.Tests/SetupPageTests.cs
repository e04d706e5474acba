using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// The pages where operators set things up: seasons and the policy, each change seen before it is saved, saved with its reason, and taken back. What the pages
/// say is checked through the HTTP API.
/// </summary>
public sealed class SetupPageTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Reason = "Finals <b>moved</b> up";

    [Theory]
    [InlineData("Desktop", "en-CA", 70, "2026-05-04", "2026-05-15")]
    [InlineData("Tablet", "fr-CA", 95, "2026-06-01", "2026-06-12")]
    public async Task An_operator_opens_a_season_changes_it_takes_it_back_and_lengthens_the_notice_of_the_policy(
        string name, string language, int day, string from, string to)
    {
        var api = pages.Api.Operator;
        var id = $"finals-{name.ToLowerInvariant()}";
        var booking = (await pages.Api.Instructor.Post(
            $"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(day, 14)))).Must(201).Member("id");
        await using var visitor = await pages.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language });
        var page = visitor.Page;
        await visitor.SignIn(TestApi.OperatorKey);

        // A new season: nothing is saved before its preview, and not without a reason.
        await visitor.Open("/seasons");
        await visitor.MustBeSound("the seasons");
        await page.Locator(".pagehead .primary").ClickAsync();
        await page.Locator("#name").FillAsync($"Finals {name}");
        await page.Locator("#from").FillAsync(to);
        await page.Locator("#to").FillAsync(from);
        await page.Locator("#collectUntil").FillAsync("2026-04-01T12:00");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator("#to-fault").CountAsync()).ShouldBe(1, "the last day is before the first");
        await visitor.MustBeSound("a season whose days are the wrong way round");
        (await page.Locator("#name").InputValueAsync()).ShouldBe($"Finals {name}", "what was typed stays");
        await page.Locator("#from").FillAsync(from);
        await page.Locator("#to").FillAsync(to);
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".pane .chip").First.InnerTextAsync()).ShouldStartWith("1 ");
        (await page.Locator(".pane .who a").GetAttributeAsync("href")).ShouldBe($"/bookings/{booking}");
        await visitor.MustBeSound("the preview of a season");
        await visitor.Picture($"season-preview-{name}-{language}");
        (await api.Get($"/seasons/{id}")).MustRefuse(404, "not_found");
        await Save(page, " ");
        (await page.Locator("#reason-fault").CountAsync()).ShouldBe(1);
        await Save(page, Reason);
        await page.Locator(".done .next").WaitForAsync();
        await visitor.MustBeSound("the seasons with a new one");
        await visitor.Picture($"seasons-{name}-{language}");
        var made = (await api.Get($"/seasons/{id}")).Must(200);
        (made.Member("from"), made.Member("to"), made.Number("leadTimeDays"), made.Member("collectUntil"))
            .ShouldBe((from, to, 21, "2026-04-01T16:00:00Z"));
        (await LastRecord($"season/{id}")).ShouldBe(("season_put", Reason));

        // Another notice closes dates, and goes back by the undo.
        await page.Locator($".setups a[href$='id={id}']").First.ClickAsync();
        await page.Locator("#leadTimeDays").FillAsync("120");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".pane .figures tbody tr").CountAsync()).ShouldBe(1);
        (await page.Locator(".touched").InnerTextAsync()).ShouldContain("12 ");
        await Save(page, "Too many for 21");
        await page.Locator(".done .next").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Number("leadTimeDays").ShouldBe(120);
        await visitor.Open($"/seasons/edit?id={id}");
        (await page.Locator(".setting", new() { Has = page.Locator("#leadTimeDays") }).InnerTextAsync()).ShouldContain("Too many for 21");
        await visitor.MustBeSound("a season");
        await visitor.Picture($"season-{name}-{language}");
        await page.Locator(".pagehead .tools a").First.ClickAsync();
        await Save(page, "Undone");
        await page.Locator(".done .next").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Number("leadTimeDays").ShouldBe(21);

        // A season with bookings is not retired, and the page says whose they are.
        await visitor.Open($"/retire?kind=season&id={id}");
        (await page.Locator(".pane .who a").GetAttributeAsync("href")).ShouldBe($"/bookings/{booking}");
        (await page.Locator("form.save").CountAsync()).ShouldBe(0);
        await visitor.MustBeSound("a season that cannot be retired");
        (await api.Post($"/bookings/{booking}/cancel", "{}")).Must(200);
        await page.ReloadAsync();
        await Save(page, "No finals this year");
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Json["retired"].ShouldNotBeNull();
        (await LastRecord($"season/{id}")).ShouldBe(("season_retired", "No finals this year"));

        await Policy(visitor, name, language);
    }

    /// <summary>The notice of the policy: the page says before saving how many waiting requests would end.</summary>
    private async Task Policy(Visitor visitor, string name, string language)
    {
        var (api, page) = (pages.Api.Operator, visitor.Page);
        var hour = Schools.Slot(40, name == "Desktop" ? 17 : 18);
        (await pages.Api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(hour))).Must(201);
        var wish = new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_000, ["mode"] = "lab", ["preferredStart"] = Schools.Text(hour),
        };
        var request = (await api.Post($"/institutions/{Schools.Own}/requests", wish)).Must(201).Member("id");
        await visitor.Open("/policy");
        await visitor.MustBeSound("the policy");
        await page.Locator("#leadTimeDays").FillAsync("45");
        await page.Locator("#holdMinutes").FillAsync("12");
        await page.Locator("#nightlyPlan").FillAsync("02:30");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".touched .faults").InnerTextAsync()).ShouldStartWith("1 ");
        (await page.Locator(".pane .figures tbody tr").CountAsync()).ShouldBe(3);
        await visitor.MustBeSound("the preview of a policy");
        await visitor.Picture($"policy-preview-{name}-{language}");
        (await api.Get($"/requests/{request}")).Member("status").ShouldBe("queued");
        var tried = (await api.Patch("/policy?dryRun=true", """{"leadTimeDays":45}""")).Must(200);
        tried.Number("ends").ShouldBe(1);
        await Save(page, Reason);
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/requests/{request}")).Member("status").ShouldBe("expired");
        var policy = (await api.Get("/policy")).Must(200);
        (policy.Number("leadTimeDays"), policy.Number("holdMinutes"), (string?)policy.Json["nightlyPlan"]!["at"]).ShouldBe((45, 12, "02:30"));
        (await LastRecord("policy/policy")).ShouldBe(("policy_put", Reason));
        await visitor.MustBeSound("the policy after a change");
        await visitor.Picture($"policy-{name}-{language}");
        await page.Locator(".pagehead .tools a").First.ClickAsync();
        await Save(page, "Back");
        await page.Locator(".done").WaitForAsync();
        var back = (await api.Get("/policy")).Must(200);
        (back.Number("leadTimeDays"), back.Number("holdMinutes"), back.Json["nightlyPlan"]).ShouldBe((14, 10, null));
    }

    [Fact]
    public async Task A_form_that_comes_late_or_says_nothing_new_or_what_cannot_be_changes_nothing()
    {
        var api = pages.Api.Operator;
        using var client = new PageClient(pages.Api.Url);
        await client.SignIn(TestApi.OperatorKey);
        await ApiClient.Must(api.Put("/seasons/late", Json.Of(("name", "Late"), ("from", "2026-11-02"), ("to", "2026-11-06"), ("leadTimeDays", 30))));
        var version = (await api.Get("/seasons/late")).Number("version");
        (string, string)[] fields =
            [("id", "late"), ("name", "Late"), ("from", "2026-11-02"), ("to", "2026-11-06"), ("leadTimeDays", "31"), ("fairShare", "12,5"), ("reason", "r")];
        (await Send("/seasons/save", version - 1)).ShouldContain("why=stale");
        (await Send("/seasons/save", version)).ShouldStartWith("/seasons?done=saved");
        ((decimal)(await api.Get("/seasons/late")).Json["fairShare"]!).ShouldBe(0.125m);
        fields[4] = ("leadTimeDays", "400");
        (await Send("/seasons/save", version + 1)).ShouldContain("why=fields");
        (await client.Get("/seasons/edit?show=1&id=late&name=L&from=2026-11-02&to=2026-11-06&leadTimeDays=400&fairShare=20")).Text
            .ShouldContain("leadTimeDays-fault");
        fields = [("horizonDays", "30"), ("leadTimeDays", "14"), ("reason", "r")];
        (await Send("/policy/save", (await api.Get("/policy")).Number("version"))).ShouldContain("why=fields");
        (await client.Get("/policy?show=1&horizonDays=30")).Text.ShouldContain("horizonDays-fault");
        (await api.Get("/policy")).Number("horizonDays").ShouldBe(365);
        (await client.Get("/seasons/edit?id=absent")).Status.ShouldBe(HttpStatusCode.NotFound);

        async Task<string> Send(string path, int seen) =>
            (await client.Send(path, "", [.. fields, ("version", $"{seen}")], page: "/policy?show=1&maxHolds=6")).Location.ShouldNotBeNull();
    }

    private static async Task Save(IPage page, string reason)
    {
        await page.Locator("#reason").FillAsync(reason);
        await page.Locator("form.save footer button").ClickAsync();
    }

    private async Task<(string What, string? Why)> LastRecord(string subject)
    {
        var last = (await pages.Api.Operator.Get($"/audit?subject={subject}&limit=500")).Must(200).Json["items"]!.AsArray()[^1]!;
        return ((string)last["what"]!, (string?)last["why"]);
    }
}
