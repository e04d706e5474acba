using Microsoft.Playwright;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>
/// An instructor books in three interactions, is refused, takes an alternative, waits, and is booked when seats come free. What the pages say is checked
/// through the HTTP API.
/// </summary>
[Collection(nameof(FlowCollection))]
public sealed class BookingFlowTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA", "/availability", 16)]
    [InlineData("Phone", "fr-CA", "/availability/day", 23)]
    public async Task An_instructor_books_is_refused_takes_an_alternative_waits_and_is_booked(string name, string language, string path, int dayOfMarch)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        var monday = new LocalDate(2026, 3, dayOfMarch);
        var (tuesday, wednesday, thursday) = (monday.PlusDays(1), monday.PlusDays(2), monday.PlusDays(3));
        await flows.Fill(FlowFixture.At(wednesday, 10), 33);
        var full = await flows.Fill(FlowFixture.At(thursday, 10), FlowFixture.Seats);
        await using var visitor = await flows.Visit(look);
        var page = visitor.Page;

        // A booking: the cell, "Book this block", "Confirm".
        await visitor.Open(FlowFixture.Grid(path, tuesday));
        await visitor.MustBeSound("the grid");
        await visitor.Picture($"grid-{name}-{language}");
        await Cell(page, FlowFixture.At(tuesday, 9)).ClickAsync();
        await visitor.MustBeSound("a chosen block");
        await visitor.Picture($"chosen-{name}-{language}");
        await page.Locator("[data-book]").ClickAsync();
        // The foot of the form stays in sight on a phone. In a tall window the foot covers no field.
        await page.SetViewportSizeAsync(look.Width, 2 * look.Height);
        await visitor.MustBeSound("a hold");
        await page.SetViewportSizeAsync(look.Width, look.Height);
        await visitor.Picture($"hold-{name}-{language}");
        await page.Locator("[data-confirm]").ClickAsync();
        await MustBeBooked(visitor, FlowFixture.At(tuesday, 9));
        await visitor.MustBeSound("a booking");
        await visitor.Picture($"booking-{name}-{language}");

        // A refusal: seven of twenty-two seats. The first alternative takes one press, and one more to confirm.
        await visitor.Open(FlowFixture.Grid(path, wednesday));
        await Cell(page, FlowFixture.At(wednesday, 10)).ClickAsync();
        var head = await page.Locator("h1").TextContentAsync();
        head.ShouldNotBeNull().ShouldContain("7");
        head.ShouldContain("22");
        (await page.Locator(".starts li").CountAsync()).ShouldBe(3);
        await visitor.MustBeSound("a refusal");
        await visitor.Picture($"refusal-{name}-{language}");
        await page.Locator(".starts button").First.ClickAsync();
        await page.Locator("[data-confirm]").ClickAsync();
        await MustBeBooked(visitor, FlowFixture.At(wednesday, 9));

        // Waiting: the block is booked when the other school cancels.
        await visitor.Open(FlowFixture.Grid(path, thursday));
        await Cell(page, FlowFixture.At(thursday, 10)).ClickAsync();
        await page.Locator("[data-wait]").ClickAsync();
        visitor.Address.ShouldStartWith("/queue?request=");
        await visitor.MustBeSound("the queue");
        await visitor.Picture($"queue-{name}-{language}");
        var request = visitor.Address.Split("request=")[1];
        var inQueue = await InQueue(page, name);
        inQueue.ShouldBePositive("the bars count the requests of the school");
        (await flows.Instructor.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("queued");
        (await flows.Other.Post($"/bookings/{full}/cancel", "{}")).Must(200);
        (await flows.Instructor.Get($"/requests/{request}")).Must(200).Member("status").ShouldBe("placed");
        await visitor.Open("/queue?show=Placed");
        (await InQueue(page, name)).ShouldBe(inQueue - 1);
        (await page.Locator(".chip.green").CountAsync()).ShouldBeGreaterThan(0);
        await page.Locator("td.why a").First.ClickAsync();
        await MustBeBooked(visitor, FlowFixture.At(thursday, 10));
        await visitor.Open("/bookings");
        await visitor.MustBeSound("the bookings");
        await visitor.Picture($"bookings-{name}-{language}");
    }

    /// <summary>Bug: every form of a flexible request was answered with 500.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flexible_request_is_sent_from_the_refusal_and_with_other_hours(bool hasOtherHours)
    {
        var day = new LocalDate(2026, 4, hasOtherHours ? 8 : 9);
        await flows.Fill(FlowFixture.At(day, 10), 39);
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await visitor.Open(FlowFixture.Grid("/availability", day));
        await Cell(page, FlowFixture.At(day, 10)).ClickAsync();
        if (hasOtherHours)
        {
            await page.Locator(".pairbuttons a").ClickAsync();
            await visitor.MustBeSound("a flexible request");
            await page.Locator("select[name=end]").First.SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 15 });
            await page.Locator("[data-ask]").ClickAsync();
        }
        else
        {
            await page.Locator("[data-flexible]").ClickAsync();
        }

        visitor.Address.ShouldStartWith("/queue?request=");
        (await page.Locator(".windowmap .cell").CountAsync()).ShouldBeGreaterThan(5);
        await visitor.MustBeSound("the details of a flexible request");
        await visitor.Picture($"queue-flexible-{hasOtherHours}");
        var request = (await flows.Instructor.Get($"/requests/{visitor.Address.Split("request=")[1]}")).Must(200);
        (request.Member("status"), request.Number("seats"), request.Json["windows"]!.AsArray().Count).ShouldBe(("queued", 22, 1));
    }

    [Fact]
    public async Task The_grid_works_by_keyboard_alone()
    {
        var monday = new LocalDate(2026, 3, 30);
        await flows.Fill(FlowFixture.At(monday, 8), 33);
        await flows.Fill(FlowFixture.At(monday, 9), FlowFixture.Seats);
        await using var visitor = await flows.Visit();
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);
        await visitor.Open(FlowFixture.Grid("/availability", monday));
        await page.Locator("table.grid a.cell[tabindex='0']").FocusAsync();

        // The first cell that fits has the one tab stop.
        (await Focused(page)).ShouldStartWith("40 free, Mon Mar 30, 10:00");
        await keys.PressAsync("ArrowRight");
        (await Focused(page)).ShouldStartWith("40 free, Tue Mar 31, 10:00");
        await keys.PressAsync("ArrowUp");
        (await Focused(page)).ShouldStartWith("40 free, Tue Mar 31, 09:00");
        await keys.PressAsync("Home");
        (await Focused(page)).ShouldStartWith("Full, Mon Mar 30, 09:00");
        await keys.PressAsync("ArrowUp");
        (await Focused(page)).ShouldStartWith("7 of 22, Mon Mar 30, 08:00");
        await keys.PressAsync("f");
        (await Focused(page)).ShouldStartWith("40 free, Mon Mar 30, 10:00");
        await keys.PressAsync("f");
        (await Focused(page)).ShouldStartWith("40 free, Mon Mar 30, 11:00");
        await keys.PressAsync("Shift+F");
        (await Focused(page)).ShouldStartWith("40 free, Mon Mar 30, 10:00");
        await keys.PressAsync("Control+End");
        await keys.PressAsync("Control+Home");
        (await Focused(page)).ShouldStartWith("7 of 22, Mon Mar 30, 08:00");
        await Navigating(page, () => keys.PressAsync("PageDown"));
        visitor.Address.ShouldContain("from=2026-04-06");
        await page.GoBackAsync();

        // W waits: the page of the full block opens with the waitlist as the first thing to press.
        await page.Locator("table.grid a.cell[tabindex='0']").FocusAsync();
        await keys.PressAsync("ArrowUp");
        (await Focused(page)).ShouldStartWith("Full");
        await Navigating(page, () => keys.PressAsync("w"));
        visitor.Address.ShouldStartWith("/book?");
        await Assertions.Expect(page.Locator("[data-wait]")).ToBeFocusedAsync();
        await page.GoBackAsync();

        // Enter selects, Escape lets go, Enter again books, and Enter confirms.
        await page.Locator("table.grid a.cell[tabindex='0']").FocusAsync();
        await Navigating(page, () => keys.PressAsync("Enter"));
        visitor.Address.ShouldContain("start=");
        await Navigating(page, () => keys.PressAsync("Escape"));
        visitor.Address.ShouldNotContain("start=");
        await page.Locator("table.grid a.cell[tabindex='0']").FocusAsync();
        await Navigating(page, () => keys.PressAsync("Enter"));
        // A page gives the focus when the page is drawn first, which can be after the load.
        await Assertions.Expect(page.Locator("a.cell[aria-current]")).ToBeFocusedAsync();
        (await Focused(page)).ShouldStartWith("40 free, Mon Mar 30, 10:00");
        await Navigating(page, () => keys.PressAsync("Enter"));
        visitor.Address.ShouldStartWith("/book/");
        await Assertions.Expect(page.Locator("[data-confirm]")).ToBeFocusedAsync();
        await Navigating(page, () => keys.PressAsync("Enter"));
        await MustBeBooked(visitor, FlowFixture.At(monday, 10));

        // ? shows the table of keys, G and a letter go to a page.
        await keys.PressAsync("?");
        (await page.Locator("dialog.keys").IsVisibleAsync()).ShouldBeTrue();
        await visitor.MustBeSound("the table of keys");
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog.keys")).ToBeHiddenAsync();
        await Navigating(page, () => visitor.GoTo('q'));
        visitor.Address.ShouldBe("/queue");

        // Bug: in the first second and a half of a page, a letter without G opened a page.
        await page.ReloadAsync();
        (await visitor.Press("a")).ShouldBe([false]);
    }

    [Fact]
    public async Task Single_letters_act_only_while_the_reader_wants_them()
    {
        await using var visitor = await flows.Visit();
        await visitor.Open("/settings");
        await visitor.Page.Locator("input[name=Letters]").UncheckAsync();
        await visitor.Page.Locator("[data-saved] form").WaitForAsync();
        await visitor.Open(FlowFixture.Grid("/availability", new(2026, 4, 6)));
        var cell = visitor.Page.Locator("table.grid a.cell[tabindex='0']");
        await cell.FocusAsync();
        var before = await Focused(visitor.Page);
        await visitor.Page.Keyboard.PressAsync("f");
        await visitor.Page.Keyboard.PressAsync("?");
        (await Focused(visitor.Page)).ShouldBe(before);
        (await visitor.Page.Locator("dialog.keys").IsVisibleAsync()).ShouldBeFalse();
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        (await Focused(visitor.Page)).ShouldNotBe(before);
    }

    [Fact]
    public async Task Booking_changing_a_hold_and_waiting_work_without_scripts()
    {
        var monday = new LocalDate(2026, 4, 13);
        await flows.Fill(FlowFixture.At(monday, 8), FlowFixture.Seats);
        await flows.Fill(FlowFixture.At(monday, 9), 10);
        await using var visitor = await flows.Visit(new() { HasScripts = false });
        var page = visitor.Page;
        await visitor.Open(FlowFixture.Grid("/availability", monday));
        await Cell(page, FlowFixture.At(monday, 9)).ClickAsync();
        await page.Locator("[data-book]").ClickAsync();
        (await page.Locator(".countdown").TextContentAsync()).ShouldNotBeNull().ShouldContain("Held until 07:10 EST");
        (await page.Locator("meta[http-equiv=refresh]").GetAttributeAsync("content")).ShouldBe("601");

        // The change fits only because the hold's own seats count as free: thirty of the hour are left, twenty-two of them held.
        var first = visitor.Address;
        await page.Locator("#hold-seats").FillAsync("30");
        await page.Locator("[data-change]").ClickAsync();
        visitor.Address.ShouldNotBe(first);
        (await page.Locator("h1").TextContentAsync()).ShouldBe("Word Associate, 30 seats");
        (await flows.Instructor.Get($"/holds/{first.Split('/')[^1]}")).Must(200).Member("status").ShouldBe("released");

        // A change that does not fit says why, keeps what was typed, and keeps the hold.
        await page.Locator("#hold-seats").FillAsync("31");
        await page.Locator("[data-change]").ClickAsync();
        (await page.Locator(".note").TextContentAsync()).ShouldNotBeNull().ShouldContain("has 30 of the 31 seats you need. Your seats are still held.");
        (await page.Locator("#hold-seats").InputValueAsync()).ShouldBe("31");
        await page.Locator("[data-confirm]").ClickAsync();
        var made = (await flows.Instructor.Get($"/bookings/{visitor.Address.Split('/', '?')[2]}")).Must(200);
        made.Number("seats").ShouldBe(30);

        await visitor.Open(FlowFixture.Grid("/availability", monday));
        await Cell(page, FlowFixture.At(monday, 8)).ClickAsync();
        await page.Locator("[data-wait]").ClickAsync();
        visitor.Address.ShouldStartWith("/queue?request=");
        await flows.Api.MustAddUp();
    }

    [Fact]
    public async Task A_viewer_reads_the_grid_and_cannot_book()
    {
        var viewer = await flows.Api.NewCaller("viewer", FlowFixture.School);
        await using var visitor = await flows.Visit(key: viewer.Key);
        var start = Uri.EscapeDataString(Json.Text(FlowFixture.At(new(2026, 4, 7), 9)));
        await visitor.Open($"{FlowFixture.Grid("/availability", new(2026, 4, 6))}&start={start}");
        (await visitor.Page.Locator(".selection").CountAsync()).ShouldBe(1);
        (await visitor.Page.Locator("[data-book]").CountAsync()).ShouldBe(0);
        (await visitor.Open("/book")).ShouldBe(404);
    }

    private static ILocator Cell(IPage page, Instant start) =>
        page.Locator($"a.cell[href*='start={Uri.EscapeDataString(TextForms.Instant.Write(start))}']:visible");

    /// <summary>The count beside the queue in the bar of the look; 0 without a count.</summary>
    private static async Task<int> InQueue(IPage page, string look) =>
        await page.Locator($"{(look == "Phone" ? ".bottom" : ".entries")} .count > [aria-hidden]").AllInnerTextsAsync() is [var count]
            ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    /// <summary>What the focused element says, with ordinary spaces.</summary>
    private static async Task<string> Focused(IPage page) => (await page.EvaluateAsync<string>(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")).Replace('\u00a0', ' ');

    /// <summary>Acts, and waits until the page that the act opens is loaded.</summary>
    private static async Task Navigating(IPage page, Func<Task> act)
    {
        var loaded = new TaskCompletionSource();
        void Loaded(object? sender, IPage which) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            await act();
            await loaded.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }
        finally
        {
            page.Load -= Loaded;
        }
    }

    private async Task MustBeBooked(Visitor visitor, Instant start)
    {
        visitor.Address.ShouldStartWith("/bookings/");
        var booking = (await flows.Instructor.Get($"/bookings/{visitor.Address.Split('/', '?')[2]}")).Must(200);
        booking.Member("status").ShouldBe("confirmed");
        booking.Member("start").ShouldBe(Json.Text(start));
        (booking.Number("seats"), booking.Root.GetProperty("seatProfile").ToString()).ShouldBe((22, "[22,2]"));
    }
}
