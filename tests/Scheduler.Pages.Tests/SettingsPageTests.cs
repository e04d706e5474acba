using System.Net;
using Microsoft.Playwright;

namespace Scheduler.Tests;

/// <summary>What a person chooses under My settings: saved at once, taken back with one press, and kept with the account.</summary>
public sealed class SettingsPageTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Theory]
    [InlineData("Desktop")]
    [InlineData("Tablet")]
    [InlineData("Narrow")]
    public async Task A_choice_is_saved_at_once_and_can_be_taken_back(string name)
    {
        await using var visitor = await pages.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)!);
        var page = visitor.Page;
        await visitor.SignIn(pages.Key("coordinator"));
        // A phone goes on from the week to its first day.
        if (name == "Narrow")
            await page.WaitForURLAsync("**/availability/day*");
        await visitor.Open("/settings");
        await page.Locator("input[name=Clock][value='12']").CheckAsync();
        var note = page.Locator("[data-saved] span");
        (await note.TextContentAsync()).ShouldBe("Saved. Clock: 12 hours, 1:00 p.m.");
        (await page.EvaluateAsync<string>("document.activeElement.value")).ShouldBe("12", "the focus stays");
        (await page.Locator("time.now").TextContentAsync()).ShouldNotBeNull().ShouldEndWith("7:00\u00a0a.m. EST");
        await visitor.MustBeSound($"a saved choice, {name}");
        await visitor.Picture($"settings-saved-{name}");
        await page.Locator("input[type=checkbox][name=Letters]").UncheckAsync();
        await page.Locator("[data-saved] span", new() { HasText = "Keyboard" }).WaitForAsync();
        (await page.Locator("html").GetAttributeAsync("data-letters")).ShouldBeNull();

        // Every page with times shows the clock. The grid holds the longer times.
        string[] paths = ["/availability?from=2026-04-06", "/availability/day?from=2026-04-06", "/bookings", "/queue", "/school"];
        // A phone goes on from the week to its first day.
        foreach (var path in paths.Skip(name == "Narrow" ? 1 : 0))
        {
            await visitor.Open(path);
            (await page.Locator("main").InnerTextAsync()).ShouldNotMatch(@"\b(1[3-9]|2[0-3]):\d\d\b", path);
            await visitor.MustBeSound($"{path} with twelve hours, {name}");
            await visitor.Picture($"twelve-{path.Split('?')[0][1..].Replace('/', '-')}-{name}");
        }

        if (name == "Desktop")
        {
            await visitor.Open("/availability?from=2026-04-06");
            (await page.Locator("table.grid").InnerTextAsync()).ShouldContain("1:00\u00a0p.m.");
        }

        await visitor.Open("/settings?was=en-CA.system.24.off");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        (await page.Locator("time.now").TextContentAsync()).ShouldNotBeNull().ShouldEndWith("07:00 EST");
        (await page.Locator("input[type=checkbox][name=Letters]").IsCheckedAsync()).ShouldBeFalse("the other choices stay");

        // Another language loads the page again.
        await page.Locator("input[value='fr-CA']").CheckAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Mes réglages" }).WaitForAsync();
        await page.Locator("#clock-hint").WaitForAsync();
    }

    [Fact]
    public async Task Choices_follow_the_account_to_the_next_browser()
    {
        await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, "choices@own.example", isReal: true);
        using var first = new PageClient(pages.Api.Url);
        await SignIn(first);
        (await first.Send("/settings", "choices", [("Tag", "fr-CA"), ("Theme", "dark"), ("Clock", "12")])).Location
            .ShouldBe("/settings?was=en-CA.system.24.on");
        using var second = new PageClient(pages.Api.Url);
        (await second.Get("/sign-in")).Text.ShouldContain("lang=\"en-CA\"");
        await SignIn(second);
        var text = (await second.Get("/settings")).Text;
        text.ShouldContain("<html lang=\"fr-CA\" data-theme=\"dark\" data-clock=\"12\">");
        WebUtility.HtmlDecode(text).ShouldContain("conservés avec votre compte");
        (await second.Get("/settings?was=nonsense.x")).Text.ShouldNotContain("class=\"done");
        (await second.Get("/settings?was=fr-CA.light.12.off")).Text.ShouldContain("Sombre");
    }

    [Fact]
    public async Task Without_scripts_the_button_saves_and_the_note_says_what()
    {
        await using var visitor = await pages.Visit(new() { HasScripts = false });
        await visitor.SignIn(pages.Key("instructor"));
        await visitor.Open("/settings");
        await visitor.Page.Locator("input[value=dark]").CheckAsync();
        await visitor.Page.Locator("[data-saves]").ClickAsync();
        (await visitor.Page.Locator("[data-saved] span").TextContentAsync()).ShouldBe("Saved. Theme: Dark");
    }

    private static async Task SignIn(PageClient reader) => (await reader.Send(
        "/sign-in", "password", [("Email", "choices@own.example"), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.Found);
}
