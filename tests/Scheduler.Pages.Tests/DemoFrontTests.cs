using Microsoft.Playwright;

namespace Scheduler.Tests;

/// <summary>The front page of the demonstration: three doors that sign in with one click, the season in small, and both languages.</summary>
public sealed class DemoFrontTests
{
    private static readonly string[] _doors = ["instructor", "coordinator", "operator"];

    [Fact]
    public async Task A_visitor_comes_in_by_each_door_with_one_click_and_sees_the_season_before()
    {
        await using var api = await TestApi.Open(furnish: false, settings: ["--Scheduler:Demo", "true"]);
        await using var browser = await Browser.Start();
        foreach (var look in new[] { Look.Desktop, Look.Dark, Look.Phone with { Language = "fr-CA" } })
        {
            await using var visitor = await browser.Visit(api.Url, look);
            (await visitor.Open("/")).ShouldBe(200);
            await visitor.MustBeSound($"the front page, {look}");
            await visitor.Picture($"front-demo-{look.Width}-{look.Language}");
            (await visitor.Page.Locator(".door").CountAsync()).ShouldBe(_doors.Length);
            var rows = visitor.Page.Locator(".season-mini li");
            (await rows.CountAsync()).ShouldBe(6);
            (await visitor.Page.Locator(".season-mini path").CountAsync()).ShouldBeGreaterThan(6);
            (await rows.First.InnerTextAsync()).ShouldContain("%");
            (await visitor.Page.Locator("a.language").CountAsync()).ShouldBeGreaterThan(0);
        }

        foreach (var door in _doors)
        {
            await using var visitor = await browser.Visit(api.Url);
            await visitor.Open("/");
            await visitor.Page.Locator($"form[action='/sign-in/demo/{door}'] button").ClickAsync();
            await visitor.Page.WaitForURLAsync(door == "operator" ? "**/capacity" : "**/availability**");
            await visitor.MustBeSound($"after the door of the {door}");
            await Assertions.Expect(visitor.Page.Locator(".banner")).ToContainTextAsync("You are");
        }
    }
}
