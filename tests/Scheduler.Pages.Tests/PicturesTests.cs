namespace Scheduler.Tests;

/// <summary>
/// The pictures of pages under docs/images/pages: every page of the demonstration, light, dark and on a phone. Runs when <c>SCHEDULER_PICTURES</c> names a
/// folder.
/// </summary>
public sealed class PicturesTests
{
    private static readonly (string Person, string Name, string Path)[] _pages =
    [
        ("", "front", "/"), ("", "sign-in", "/sign-in"), ("instructor", "availability-week", "/availability"),
        ("instructor", "availability-day", "/availability/day"), ("instructor", "availability-season", "/availability/season"),
        ("instructor", "bookings", "/bookings"), ("instructor", "bookings-calendar", "/bookings?show=calendar"), ("instructor", "queue", "/queue"),
        ("instructor", "series", "/book/series"), ("instructor", "feed", "/bookings/feed"), ("instructor", "settings", "/settings"),
        ("coordinator", "school", "/school"), ("coordinator", "people", "/people"), ("operator", "schools", "/schools"),
        ("operator", "capacity-week", "/capacity"),
        ("operator", "capacity-season", "/capacity/season"), ("operator", "capacity-template", "/capacity/template"),
    ];

    private static readonly (string Name, Look Look)[] _looks = [("light", Look.Desktop), ("dark", Look.Dark), ("phone", Look.Phone)];

    [Fact]
    public async Task Every_page_of_the_demonstration_light_dark_and_on_a_phone()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SCHEDULER_PICTURES") is not null, "SCHEDULER_PICTURES names no folder");
        await using var api = await TestApi.Open(furnish: false, settings: ["--Scheduler:Demo", "true"]);
        await using var browser = await Browser.Start();
        foreach (var (look, size) in _looks)
        {
            foreach (var pages in _pages.GroupBy(page => page.Person))
            {
                await using var visitor = await browser.Visit(api.Url, size);
                if (pages.Key.Length > 0)
                {
                    await visitor.Open("/");
                    await visitor.Page.Locator($"form[action='/sign-in/demo/{pages.Key}'] button").ClickAsync();
                    await visitor.Page.WaitForURLAsync(pages.Key == "operator" ? "**/capacity" : "**/availability**");
                }

                // A phone goes on from the week to its first day, which has a picture of its own.
                foreach (var (_, name, path) in pages.Where(page => look != "phone" || page.Path != "/availability"))
                {
                    (await visitor.Open(path)).ShouldBe(200, path);
                    await visitor.MustBeSound($"{path} {look}");
                    await visitor.Picture($"{name}-{look}", isWhole: false);
                }
            }
        }
    }
}
