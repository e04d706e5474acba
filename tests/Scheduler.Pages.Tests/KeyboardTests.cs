using Microsoft.Playwright;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>A whole booking with the keyboard alone, and what an open page tells: what was done, an answer under way, the end of the sign-in.</summary>
[Collection(nameof(FlowCollection))]
public sealed class KeyboardTests(FlowFixture flows)
{
    private static readonly LocalDate _day = new(2026, 6, 25);

    [Fact]
    public async Task A_booking_is_made_and_cancelled_from_the_skip_link_on_by_Tab_and_Enter()
    {
        await using var visitor = await flows.Visit();
        var (page, keys) = (visitor.Page, visitor.Page.Keyboard);
        await visitor.Open(FlowFixture.Grid("/availability", _day));
        await keys.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("document.activeElement.matches('a.skip')")).ShouldBeTrue();
        await keys.PressAsync("Enter");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("content");

        // The grid is one stop. The first start that fits is chosen, held and confirmed.
        await TabTo(page, "table.grid a.cell");
        await Enter(page, "**/availability*start=*");
        (await page.EvaluateAsync<bool>("document.activeElement.matches('a.cell[aria-current]')")).ShouldBeTrue();
        await TabTo(page, "[data-book]");
        await Enter(page, "**/book/*");
        var hold = visitor.Address.Split('/')[^1];

        // Escape asks before the seats go back; the answer that keeps them has the focus.
        await keys.PressAsync("Escape");
        (await page.Locator("[data-ask-release]").IsVisibleAsync()).ShouldBeTrue();
        await visitor.MustBeSound("the question of a release");
        await visitor.Picture("hold-question", isWhole: false);
        await keys.PressAsync("Enter");
        (await page.Locator("[data-ask-release]").IsVisibleAsync()).ShouldBeFalse();
        (await flows.Instructor.Get($"/holds/{hold}")).Must(200).Member("status").ShouldBe("held");
        await TabTo(page, "[data-confirm]");
        await Enter(page, "**/bookings/*");
        var booking = (await flows.Instructor.Get(visitor.Address.Split('?')[0])).Must(200);
        (booking.Member("status"), booking.Number("seats")).ShouldBe(("confirmed", 22));

        // The act is told, and stays under the name.
        await Assertions.Expect(page.Locator(".done[data-toast]")).ToContainTextAsync("Booked: 22 seats on");
        await TabTo(page, ".done[data-toast] button");
        await visitor.MustBeSound("a toast");
        await visitor.Picture("toast", isWhole: false);
        await keys.PressAsync("Enter");
        (await page.Locator(".done[data-toast]").IsVisibleAsync()).ShouldBeFalse();

        // One press opens the question, another answers it.
        await TabTo(page, "details.question > summary");
        await keys.PressAsync("Enter");
        await visitor.MustBeSound("the question before a cancellation");
        await visitor.Picture("cancel-question");
        (await flows.Instructor.Get(visitor.Address.Split('?')[0])).Must(200).Member("status").ShouldBe("confirmed");
        await TabTo(page, "[data-cancel]");
        await Enter(page, "**/bookings/*done=cancelled");
        (await flows.Instructor.Get(visitor.Address.Split('?')[0])).Must(200).Member("status").ShouldBe("cancelled");
        await TabTo(page, ".person > summary");
        await keys.PressAsync("Enter");
        var recent = (await page.Locator("[data-recent] a").AllInnerTextsAsync()).Select(text => text.Replace('\u00a0', ' ')).ToList();
        recent.Count.ShouldBe(2);
        recent[0].ShouldStartWith("Cancelled. 22 seats went back");
        recent[1].ShouldStartWith("Booked: 22 seats on");
        await visitor.MustBeSound("the acts under the name");
        await visitor.Picture("recent", isWhole: false);
        await flows.Api.MustAddUp();
    }

    [Fact]
    public async Task An_answer_under_way_shows_a_line_and_a_form_in_a_fresh_part_is_sent_once()
    {
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await visitor.Open($"{FlowFixture.Grid("/availability", _day)}&start={Uri.EscapeDataString(Json.Text(FlowFixture.At(_day, 14)))}");
        var (gate, sent) = (new TaskCompletionSource(), 0);
        await page.RouteAsync("**/book/hold?*", async route =>
        {
            sent++;
            await gate.Task;
            await route.ContinueAsync();
        });
        // As a live refresh does: the part with the form is put in place anew.
        var isShown = await page.EvaluateAsync<bool>(
            """
            async () => {
              const old = document.querySelector("[data-live]");
              old.replaceWith(document.importNode(old, true));
              const form = document.querySelector("[data-live] form[method=post]");
              form.requestSubmit();
              form.requestSubmit();
              const html = document.documentElement;
              if (!html.hasAttribute("data-loading")) await new Promise((done) => new MutationObserver(done).observe(html, { attributes: true }));
              return html.hasAttribute("data-loading") && form.dataset.sent === "yes";
            }
            """);
        isShown.ShouldBeTrue();
        gate.SetResult();
        await page.WaitForURLAsync("**/book/0*");
        sent.ShouldBe(1);
        (await page.Locator("html[data-loading]").CountAsync()).ShouldBe(0);
        await page.Locator("header [data-held]").ClickAsync();
        visitor.Address.ShouldStartWith("/availability");
    }

    [Theory]
    [InlineData("en-CA", "Stay signed in")]
    [InlineData("fr-CA", "Rester connecté")]
    public async Task Some_minutes_before_the_sign_in_ends_a_banner_prolongs_it(string language, string words)
    {
        await using var visitor = await flows.Visit(new() { Language = language });
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await visitor.Open("/bookings");
        var banner = page.Locator("[data-session]");
        (await banner.IsVisibleAsync()).ShouldBeFalse();
        await page.Clock.FastForwardAsync("11:52:00");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        (await banner.Locator("button").InnerTextAsync()).ShouldBe(words);
        (await banner.Locator("[role=status]").InnerTextAsync()).ShouldNotBeEmpty();
        await visitor.MustBeSound("the end of the sign-in");
        await visitor.Picture($"session-{language}", isWhole: false);
        var before = (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "scheduler-session").Value;
        await banner.Locator("button").ClickAsync();
        await Assertions.Expect(banner).ToBeHiddenAsync();
        (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == "scheduler-session").Value.ShouldNotBe(before);
        await page.Clock.FastForwardAsync("11:52:00");
        await Assertions.Expect(banner).ToBeVisibleAsync();
        await page.Clock.FastForwardAsync("00:10:00");
        await Assertions.Expect(banner.Locator("[data-again]")).ToBeVisibleAsync();
        await Assertions.Expect(banner.Locator("button")).ToBeHiddenAsync();
    }

    /// <summary>Presses Tab until the focus is on something.</summary>
    private static async Task TabTo(IPage page, string selector)
    {
        for (var k = 0; k < 80; k++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"Tab never came to {selector}");
    }

    private static async Task Enter(IPage page, string address)
    {
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address);
    }
}
