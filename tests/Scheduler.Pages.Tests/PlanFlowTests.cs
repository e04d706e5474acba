using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>An operator starts a plan, watches and compares it, applies it, and a school sees what became of its requests, in a real browser.</summary>
public sealed class PlanFlowTests : IAsyncLifetime
{
    private const string Ten = "2026-06-01T14:00:00Z";
    private const string Eleven = "2026-06-01T15:00:00Z";
    private const string Noon = "2026-06-01T16:00:00Z";
    private const string One = "2026-06-01T17:00:00Z";
    private const string Day = "from=2026-06-01&to=2026-06-01";
    private static readonly Microsoft.Playwright.LocatorWaitForOptions _long = new() { Timeout = 240_000 };

    private TestApi _api = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.Open();
        _browser = await Browser.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task An_operator_plans_compares_applies_and_a_school_sees_its_moved_sitting()
    {
        var requests = await Season();
        await using var visitor = await Visit();
        var page = visitor.Page;
        await visitor.Open("/plans");
        (await page.Locator(".empty h2").InnerTextAsync()).ShouldBe("No plan yet.");
        await visitor.MustBeSound("no plans");
        await page.Locator(".empty a.button").ClickAsync();
        await page.Locator("#from").FillAsync("2026-06-01");
        await page.Locator("#to").FillAsync("2026-06-01");
        await page.Locator("#seconds").FillAsync("30");
        await visitor.MustBeSound("the form of a plan");
        await page.Locator("button.primary").ClickAsync();
        await page.Locator("h1 .chip.green").WaitForAsync(_long);
        var first = page.Url.Split('/')[^1];
        (await page.Locator(".plan-figures").InnerTextAsync()).ShouldContain("16 of 29");
        (await page.Locator(".plan-missing").InnerTextAsync()).ShouldContain("+");
        // The map shows 8 of 10 seats in use after the plan, and none before.
        (await page.Locator(".grid.load tbody tr").AllInnerTextsAsync()).ShouldContain(row => row.Contains("80", StringComparison.Ordinal));
        await page.Locator(".plan-curve details summary").ClickAsync();
        (await page.Locator(".plan-curve details tbody").InnerTextAsync()).ShouldContain("10:00");
        await visitor.MustBeSound("a plan");

        // By keys alone: to the question that counts, and on.
        await page.Locator(".pagehead a.primary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/confirm");
        (await page.Locator(".lead").InnerTextAsync()).ShouldBe("2 placed, 0 moved. 1 school is written to.");
        await visitor.MustBeSound("the question before a plan is applied");
        await page.Locator("button.primary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        (await page.Locator(".done").First.InnerTextAsync()).ShouldStartWith("The plan is applied. Changes done: 2; stale: 0.");
        (await _api.Operator.Get($"/plans/{first}")).Must(200).Member("status").ShouldBe("applied");
        (await _api.Operator.Get($"/requests/{requests[^1]}")).Must(200);
        (await Starts()).ShouldBe([Ten, Eleven]);

        // The first hour closes by force and another opens, so the next plan moves a booking.
        await Seats(Noon, One, 10);
        await ApiClient.Must(_api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(
            ("from", Ten), ("to", Eleven), ("seats", 0), ("force", true), ("reason", "Machines are out for repair."))));
        await visitor.Open($"/plans/start?{Day}&seconds=30");
        await page.Locator("button.primary").ClickAsync();
        await page.Locator("h1 .chip.green").WaitForAsync(_long);
        (await page.Locator("table.moves tbody tr").InnerTextAsync()).ShouldContain("2 hours later");
        await visitor.Picture("plan-small");
        var path = new Uri(page.Url).AbsolutePath;
        foreach (var below in new[] { "/moves?sort=school", "/moves", "/schools", "/unserved" })
        {
            (await visitor.Open(path + below)).ShouldBe(200);
            await visitor.MustBeSound(below);
        }

        await visitor.Open(path + "/confirm");
        await page.Locator("button.primary").ClickAsync();
        (await page.Locator(".done").First.InnerTextAsync()).ShouldContain("stale: 0");
        (await Starts()).ShouldBe([Eleven, Noon]);
        await using var school = await _browser.Visit(_api.Url);
        await school.SignIn(_api.Instructor.Key!);
        await school.Open("/bookings");
        (await school.Page.Locator("main").InnerTextAsync()).ShouldContain("12:00");
        (await school.Open(path)).ShouldBe(404);
        await _api.MustAddUp();
    }

    [Fact]
    public async Task A_plan_without_scripts_in_French_and_a_scope_without_a_request()
    {
        await using var visitor = await Visit(new() { HasScripts = false, Language = "fr-CA" });
        var page = visitor.Page;
        await visitor.Open($"/plans/start?{Day}&seconds=30");
        await page.Locator("button.primary").ClickAsync();
        (await page.Locator(".faults").InnerTextAsync()).ShouldStartWith("Aucune demande n’attend dans cette portée");
        (await _api.Operator.Get("/plans")).Must(200).Json["items"]!.AsArray().ShouldBeEmpty();
        await Season();
        await page.Locator("button.primary").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/plans/0", StringComparison.Ordinal));
        var path = new Uri(page.Url).AbsolutePath;
        (await _api.Operator.Get($"{path}/events")).Must(200);
        await visitor.Open(path);
        (await page.Locator("h1 .chip").InnerTextAsync()).ShouldBe("Prêt, non appliqué");
        await page.Locator(".pagehead form button").ClickAsync();
        (await page.Locator(".done").First.InnerTextAsync()).ShouldStartWith("Le plan a été annulé.");
        (await _api.Operator.Get(path)).Must(200).Member("status").ShouldBe("cancelled");
    }

    [Fact]
    public async Task Seats_are_tried_and_made_the_capacity_with_a_reason_in_the_record()
    {
        await Season();
        await using var visitor = await Visit(Look.Tablet);
        var page = visitor.Page;
        var step = Uri.EscapeDataString($"{Schools.Pool}/{Ten}/{Eleven}/11");
        await visitor.Open($"/plans/what-if?{Day}&pool={Schools.Pool}&seconds=30&sent=yes&step={step}");
        await page.Locator("button[name=run]").ClickAsync();
        await page.Locator("#tried").WaitForAsync(_long);
        (await page.Locator("#tried").InnerTextAsync()).ShouldBe("13 more candidates are served.");
        await page.Locator(".keep summary").ClickAsync();
        await visitor.MustBeSound("a what-if");
        await visitor.Picture("what-if-result");
        (await Offered()).ShouldBe(10);
        await page.Locator(".keep input[name=reason]").FillAsync("The finals need the seats.");
        await page.Locator(".keep button").ClickAsync();
        (await page.Locator(".done").First.InnerTextAsync()).ShouldStartWith("The seats are the capacity now.");
        (await Offered()).ShouldBe(21);
        (await _api.Operator.Get("/audit?limit=500")).Must(200).Text.ShouldContain("The finals need the seats.");

        await visitor.Open($"/plans/curve?pool={Schools.Pool}&{Day}&run=yes");
        await page.Locator("#points").WaitForAsync(_long);
        (await page.Locator("table.points").InnerTextAsync()).ShouldContain("Everyone served");
        (await page.Locator("svg .mark").AllTextContentsAsync()).ShouldContain(mark => mark.StartsWith("Today", StringComparison.Ordinal));
        await visitor.MustBeSound("a curve");
        await visitor.Picture("curve-result");
    }

    private async Task<Visitor> Visit(Look? look = null)
    {
        var visitor = await _browser.Visit(_api.Url, look);
        await visitor.SignIn(TestApi.OperatorKey);
        return visitor;
    }

    /// <summary>Two hours of ten seats. One request wants 5 seats and three want 8, at one of three hours.</summary>
    private async Task<List<string>> Season()
    {
        await Seats(Ten, Noon, 10);
        await Seats(Noon, One, 0);
        var requests = new List<string>();
        foreach (var seats in new[] { 5, 8, 8, 8 })
        {
            var wish = JsonNode.Parse($$"""
                {"exam":"{{Schools.Exam}}","pool":"{{Schools.Pool}}","seats":{{seats}},"mode":"lab","preferredStart":"{{Ten}}",
                "windows":[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"13:00"}]}
                """);
            requests.Add((await _api.Operator.Post($"/institutions/{Schools.Own}/requests", wish)).Must(201).Member("id"));
        }

        return requests;
    }

    private async Task Seats(string from, string to, int seats) =>
        (await _api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", from), ("to", to), ("seats", seats)))).Must(200);

    private async Task<int> Offered() =>
        (int)(await _api.Operator.Get($"/pools/{Schools.Pool}/capacity?from={Ten}&to={Eleven}")).Must(200).Json["slots"]![0]!["capacity"]!;

    private async Task<IEnumerable<string>> Starts() =>
        (await _api.Operator.Get($"/institutions/{Schools.Own}/bookings")).Must(200).Json["items"]!.AsArray()
            .Where(booking => (string)booking!["status"]! == "confirmed").Select(booking => (string)booking!["start"]!).Order(StringComparer.Ordinal);
}
