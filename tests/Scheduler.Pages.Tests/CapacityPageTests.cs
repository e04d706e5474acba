using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>
/// The pages of capacity: an operator lowers hours with a preview, where there is room or by force, sees the shortfall, and takes the change back. What the
/// pages say is checked through the HTTP API.
/// </summary>
[Collection(nameof(FlowCollection))]
public sealed class CapacityPageTests(FlowFixture flows)
{
    private const string Reason = "Host 7 of rack C out for repair";

    [Theory]
    [InlineData("Desktop", "en-CA", "2026-07-13")]
    [InlineData("Dark", "en-CA", "2026-07-20")]
    [InlineData("Tablet", "fr-CA", "2026-07-27")]
    [InlineData("Phone", "fr-CA", "2026-08-03")]
    public async Task An_operator_lowers_hours_by_force_sees_the_shortfall_and_takes_it_back(string name, string language, string week)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        var monday = NodaTime.Text.LocalDatePattern.Iso.Parse(week).Value;
        await flows.Fill(FlowFixture.At(monday, 9), 33);
        await flows.Fill(FlowFixture.At(monday.PlusDays(1), 10), 12);
        await using var visitor = await Operator(look);
        var page = visitor.Page;
        await visitor.Open($"/capacity?pool={FlowFixture.Pool}&from={monday:uuuu-MM-dd}");
        await visitor.MustBeSound("the week");
        await visitor.Picture($"capacity-{name}-{language}");
        await Cell(page, monday, 9).ClickAsync();

        // The pane, for three hours of two days.
        await page.Locator("#last").FillAsync($"{monday.PlusDays(1):uuuu-MM-dd}");
        await page.Locator("#until").SelectOptionAsync("12");
        await page.Locator("#seats").FillAsync("20");
        await page.Locator("#seats").PressAsync("Enter");
        await page.Locator("form.save").WaitForAsync();
        (await page.Locator(".chip.green").InnerTextAsync()).ShouldStartWith("5");
        (await page.Locator(".chip.red").InnerTextAsync()).ShouldContain("13");
        (await page.Locator(".figures").First.Locator("tbody tr").CountAsync()).ShouldBe(1);
        (await page.Locator(".who li").CountAsync()).ShouldBe(1);
        await visitor.MustBeSound("a preview");
        await visitor.Picture($"capacity-preview-{name}-{language}");
        (await Capacity(monday, 9)).ShouldBe((FlowFixture.Seats, 33, 0), "a preview changes nothing");

        // A force needs its reason.
        await page.Locator("input[value=force]").CheckAsync();
        await page.Locator("button.forced").ClickAsync();
        (await page.Locator("#reason-fault").CountAsync()).ShouldBe(1);
        await visitor.MustBeSound("a force without a reason");
        await page.Locator("#reason").FillAsync(Reason);
        await page.Locator("button.forced").ClickAsync();
        await page.Locator(".saved").WaitForAsync();
        (await page.Locator(".shortly").InnerTextAsync()).ShouldContain("13");
        await visitor.MustBeSound("a shortfall");
        await visitor.Picture($"capacity-short-{name}-{language}");
        (await Capacity(monday, 9)).ShouldBe((20, 33, 13));
        (await Capacity(monday.PlusDays(1), 11)).ShouldBe((20, 0, 0));
        (await Capacity(monday.PlusDays(2), 9)).ShouldBe((FlowFixture.Seats, 0, 0));
        (await LastRecord()).ShouldBe(("exceptions_put", Reason));

        // The season lists the shortfall.
        await page.Locator(".shortly a").ClickAsync();
        (await page.Locator(".shortfalls li").First.InnerTextAsync()).ShouldContain("33");
        // The link leads down to the list. A link that the top bar half covers would count as too small.
        await page.EvaluateAsync("scrollTo(0, 0)");
        await visitor.MustBeSound("the season");
        await visitor.Picture($"capacity-season-{name}-{language}");

        // The last change goes back, with a preview.
        await visitor.Open($"/capacity/undo?pool={FlowFixture.Pool}");
        (await page.Locator(".pane > header").InnerTextAsync()).ShouldContain(Reason);
        await visitor.MustBeSound("an undo");
        await page.Locator("button.roomy").ClickAsync();
        await page.Locator(".saved").WaitForAsync();
        (await Capacity(monday, 9)).ShouldBe((FlowFixture.Seats, 33, 0));
        await flows.Api.MustAddUp();
    }

    [Fact]
    public async Task The_hours_without_room_go_down_to_what_is_booked()
    {
        var monday = new LocalDate(2026, 8, 10);
        await flows.Fill(FlowFixture.At(monday, 9), 33);
        await using var visitor = await Operator(new() { HasScripts = false });
        var page = visitor.Page;
        await visitor.Open(Address(monday, monday, 8, 11, 20));
        (await page.Locator(".way").First.InnerTextAsync()).ShouldContain("33");
        await page.Locator("button.roomy").ClickAsync();
        (await Capacity(monday, 8)).ShouldBe((20, 0, 0));
        (await Capacity(monday, 9)).ShouldBe((33, 33, 0));
        (await Capacity(monday, 10)).ShouldBe((20, 0, 0));

        // What is closed stays closed, unless the operator opens it.
        await visitor.Open(Address(monday.PlusDays(4), monday.PlusDays(5), 8, 9, 50));
        (await page.Locator("button.roomy").InnerTextAsync()).ShouldBe("Save 1 hour");
        await visitor.Open(Address(monday.PlusDays(4), monday.PlusDays(5), 8, 9, 50) + "&open=on");
        await page.Locator("button.roomy").ClickAsync();
        (await Capacity(monday.PlusDays(5), 8)).ShouldBe((50, 0, 0));

        // The template's seats come again.
        await visitor.Open(Address(monday, monday.PlusDays(6), 0, 24, null) + "&template=on");
        await page.Locator("button.roomy").ClickAsync();
        (await Capacity(monday, 9)).ShouldBe((FlowFixture.Seats, 33, 0));
        (await Capacity(monday.PlusDays(5), 8)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_save_is_refused_with_the_present_figures_when_somebody_booked_or_changed_meanwhile()
    {
        var monday = new LocalDate(2026, 8, 17);
        await using var visitor = await Operator();
        await using var slow = await Operator();
        var page = visitor.Page;
        await visitor.Open(Address(monday, monday, 8, 11, 20));
        await slow.Open(Address(monday, monday, 8, 11, 10));
        await page.Locator("#reason").FillAsync("kept words");
        await flows.Fill(FlowFixture.At(monday, 9), 33);
        await page.Locator("button.roomy").ClickAsync();
        await page.Locator(".note").WaitForAsync();
        (await page.Locator(".note").InnerTextAsync()).ShouldContain("bookings came in");
        (await page.Locator(".chip.red").InnerTextAsync()).ShouldContain("13 seats");
        (await page.Locator("#reason").InputValueAsync()).ShouldBe("kept words");
        await visitor.MustBeSound("a refusal");
        await page.Locator("button.roomy").ClickAsync();
        await page.Locator(".saved").WaitForAsync();
        await slow.Page.Locator("button.roomy").ClickAsync();
        await slow.Page.Locator(".note").WaitForAsync();
        (await slow.Page.Locator(".note").InnerTextAsync()).ShouldContain("someone changed this capacity");
        (await Capacity(monday, 8)).ShouldBe((20, 0, 0));
    }

    [Fact]
    public async Task The_board_works_by_keyboard_alone_and_by_dragging()
    {
        var monday = new LocalDate(2026, 6, 15);
        await flows.Fill(FlowFixture.At(monday, 8), 33);
        await using var visitor = await Operator();
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);
        await visitor.Open("/availability");
        await visitor.GoTo('c');
        await page.WaitForURLAsync("**/capacity");
        await visitor.Open($"/capacity?pool={FlowFixture.Pool}&from={monday:uuuu-MM-dd}");
        await page.Locator("table[data-board] a[tabindex='0']").FocusAsync();
        await keys.PressAsync("Shift+ArrowRight");
        await keys.PressAsync("Shift+ArrowDown");
        (await page.Locator("table[data-board] .in").CountAsync()).ShouldBe(4);
        await keys.PressAsync("Escape");
        (await page.Locator("table[data-board] .in").CountAsync()).ShouldBe(0);
        await page.Locator("table[data-board] tbody tr").First.Locator("a").First.FocusAsync();
        await keys.PressAsync("Shift+ArrowRight");
        await keys.TypeAsync("25");
        await keys.PressAsync("Alt+ArrowUp");
        await keys.PressAsync("Enter");
        await page.Locator("form.save").WaitForAsync();
        visitor.Address.ShouldContain("&last=2026-06-16&hour=8&seats=26");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("seats");
        while (await page.EvaluateAsync<string>("document.activeElement.value") is not ("room" or "force"))
            await keys.PressAsync("Tab");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Tab");
        await keys.TypeAsync(Reason);
        await keys.PressAsync("Control+Enter");
        await page.Locator(".saved").WaitForAsync();
        (await Capacity(monday, 8)).ShouldBe((26, 33, 7));
        (await Capacity(monday.PlusDays(1), 8)).ShouldBe((26, 0, 0));

        // A drag over two days and two hours opens the pane for them, and Escape drops it.
        var (from, to) = ((await Cell(page, monday.PlusDays(2), 9).BoundingBoxAsync())!, (await Cell(page, monday.PlusDays(3), 10).BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(from.X + 10, from.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X + 10, to.Y + 10);
        await page.Mouse.UpAsync();
        await page.Locator(".pane").WaitForAsync();
        visitor.Address.ShouldContain("day=2026-06-17&last=2026-06-18&hour=9&until=11");
        await keys.PressAsync("Escape");
        await page.WaitForURLAsync(url => !url.Contains("hour=", StringComparison.Ordinal));
        (await page.Locator(".pane").CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_closed_pool_is_opened_by_a_template_and_closed_again_by_undo(string name, string language)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language, Height = 1_600 };
        var pool = $"new-{name.ToLowerInvariant()}";
        await ApiClient.Must(flows.Api.Operator.Put($"/pools/{pool}", Json.Of(("name", $"New {name}"), ("zone", "America/St_Johns"), ("image", "x"))));
        await using var visitor = await Operator(look);
        var page = visitor.Page;
        await visitor.Open($"/capacity?pool={pool}");
        (await page.Locator(".weekly").CountAsync()).ShouldBe(1);
        await visitor.MustBeSound("a closed pool");
        await page.Locator("#seats0").FillAsync("30");
        await page.Locator("form.template button").ClickAsync();
        await page.Locator("form.save").WaitForAsync();
        await visitor.MustBeSound("a template");
        await visitor.Picture($"capacity-template-{name}-{language}");
        await page.Locator("#reason").FillAsync("the first machines");
        await page.Locator("button.roomy").ClickAsync();
        await page.Locator(".saved").WaitForAsync();
        var view = (await flows.Api.Operator.Get($"/pools/{pool}/capacity?from=2026-03-03T00:00:00Z&to=2026-03-04T00:00:00Z")).Must(200).Json;
        view["slots"]!.AsArray().Count(slot => (int)slot!["capacity"]! == 30).ShouldBe(12);
        await visitor.Open($"/capacity/template?pool={pool}");
        await page.Locator("#seats1").FillAsync("5");
        await page.Locator("form.template button").ClickAsync();
        (await page.Locator("[role=alert]").CountAsync()).ShouldBe(1, "a row without a day");
        await visitor.Open($"/capacity/undo?pool={pool}");
        await page.Locator("button.roomy").ClickAsync();
        await page.Locator(".saved").WaitForAsync();
        view = (await flows.Api.Operator.Get($"/pools/{pool}/capacity?from=2026-03-03T00:00:00Z&to=2026-03-04T00:00:00Z")).Must(200).Json;
        view["slots"]!.AsArray().Count(slot => (int)slot!["capacity"]! > 0).ShouldBe(0);
    }

    [Fact]
    public async Task A_week_of_a_pool_that_never_closes_takes_at_most_60_kilobytes()
    {
        await ApiClient.Must(flows.Api.Operator.Put("/pools/always", Json.Of(("name", "Always"), ("zone", "America/Toronto"), ("image", "x"))));
        var week = new { days = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }, fromTime = "00:00", toTime = "24:00", seats = 1_000 };
        await ApiClient.Must(flows.Api.Operator.Put("/pools/always/template", Json.Of(("weekly", new[] { week }),
            ("from", "2026-03-01"), ("to", "2026-12-31"))));
        var cookies = new CookieContainer();
        using var reader = new PageClient(flows.Api.Url, cookies);
        await reader.SignIn(TestApi.OperatorKey);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new(flows.Api.Url) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/capacity?pool=always&from=2026-11-02");
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length.ShouldBeLessThan(60_000);
        var whole = (await reader.Get("/capacity?pool=always&from=2026-06-01")).Text;
        whole.Split("class=\"cell use\"").Length.ShouldBeGreaterThan(168);
        TestContext.Current.TestOutputHelper?.WriteLine($"{whole.Length} characters before compression");
    }

    [Fact]
    public async Task R14_no_school_changes_capacity_by_a_form()
    {
        using var coordinator = new PageClient(flows.Api.Url);
        await coordinator.SignIn(flows.Coordinator.Key!);
        foreach (var path in new[] { "/capacity/save", "/capacity/template/save", "/capacity/undo/save" })
            (await coordinator.Send(path, "", [("pool", FlowFixture.Pool)], page: "/settings")).Status.ShouldBe(HttpStatusCode.NotFound, path);
    }

    private static ILocator Cell(IPage page, LocalDate day, int hour) => page.Locator($"a.cell[href$='&day={day:uuuu-MM-dd}&hour={hour}']:visible");

    private static string Address(LocalDate day, LocalDate last, int hour, int until, int? seats) =>
        $"/capacity?pool={FlowFixture.Pool}&day={day:uuuu-MM-dd}&last={last:uuuu-MM-dd}&hour={hour}&until={until}{(seats is null ? "" : $"&seats={seats}")}";

    private async Task<Visitor> Operator(Look? look = null)
    {
        var visitor = await flows.Browser.Visit(flows.Api.Url, look);
        await visitor.SignIn(TestApi.OperatorKey);
        return visitor;
    }

    /// <summary>Capacity, seats taken and shortfall of an hour, as the API says.</summary>
    private async Task<(int Capacity, int Taken, int Short)> Capacity(LocalDate day, int hour)
    {
        var start = FlowFixture.At(day, hour);
        var query = $"from={Json.Text(start)}&to={Json.Text(start + Duration.FromHours(1))}";
        var view = (await flows.Api.Operator.Get($"/pools/{FlowFixture.Pool}/capacity?{query}")).Must(200).Json;
        var slot = view["slots"]!.AsArray().ShouldHaveSingleItem()!;
        return ((int)slot["capacity"]!, (int)slot["taken"]!, (int)slot["shortfall"]!);
    }

    private async Task<(string What, string? Why)> LastRecord()
    {
        var rows = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await flows.Api.Operator.Get($"/audit?subject=pool/{FlowFixture.Pool}&limit=500{cursor}")).Must(200).Json;
            rows.AddRange(page["items"]!.AsArray().OfType<JsonNode>());
            cursor = (string?)page["next"] is { } next ? $"&cursor={next}" : null;
        }

        return ((string)rows[^1]["what"]!, (string?)rows[^1]["why"]);
    }
}
