using System.Net;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>What every page has: the layout at every width, the languages, the themes, the headers and the files.</summary>
public sealed partial class FrameTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    /// <summary>Each look and each language, and both languages where words have the least room.</summary>
    public static TheoryData<string, string> Looks() => new()
    {
        { "Desktop", "en-CA" }, { "Dark", "fr-CA" }, { "Tablet", "en-CA" }, { "Phone", "fr-CA" }, { "Narrow", "en-CA" }, { "Narrow", "fr-CA" },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_is_sound_in_every_look_and_language(string name, string language)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        await using var visitor = await pages.Visit(look);
        foreach (var path in new[] { "/", "/sign-in", "/sign-in/key" })
        {
            (await visitor.Open(path)).ShouldBe(200);
            await visitor.MustBeSound($"{path} {name} {language}");
            await visitor.Picture($"{(path == "/" ? "front" : path[1..].Replace('/', '-'))}-{name}-{language}");
        }

        await visitor.SignIn(pages.Key("coordinator"));
        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        // A phone goes on from the week to its first day.
        if (look.Width < 600)
            await visitor.Page.WaitForURLAsync("**/availability/day*");
        await visitor.Open("/settings");
        await visitor.MustBeSound($"settings {name} {language}");
        await visitor.Picture($"settings-{name}-{language}");
    }

    [Fact]
    public async Task A_link_switches_the_language_and_the_choice_stays()
    {
        await using var visitor = await pages.Visit();
        await visitor.Open("/sign-in");
        await visitor.Page.Locator("a.language").ClickAsync();
        visitor.Address.ShouldBe("/sign-in");
        (await visitor.Page.Locator("h1").TextContentAsync()).ShouldBe("Ouvrir une session");
        await visitor.Open("/");
        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe("fr-CA");
    }

    [Fact]
    public async Task The_theme_is_the_systems_until_somebody_chooses()
    {
        await using var visitor = await pages.Visit(Look.Dark);
        await visitor.SignIn(pages.Key("instructor"));
        await visitor.Open("/settings");
        (await Background(visitor)).ShouldBe("rgb(12, 17, 22)");
        await visitor.Page.Locator("input[value=light]").CheckAsync();
        await visitor.Page.Locator("[data-saved] form").WaitForAsync();
        (await Background(visitor)).ShouldBe("rgb(246, 247, 249)");
    }

    [Fact]
    public async Task Pages_work_without_scripts()
    {
        await using var visitor = await pages.Visit(new() { HasScripts = false });
        await visitor.SignIn(pages.Key("instructor"));
        await visitor.Open("/settings");
        await visitor.Page.Locator("input[value='fr-CA']").CheckAsync();
        await visitor.Page.Locator("main button[type=submit]").ClickAsync();
        (await visitor.Page.Locator("h1").TextContentAsync()).ShouldBe("Mes réglages");
    }

    [Fact]
    public async Task A_page_allows_no_inline_code_and_its_files_are_kept_by_browsers()
    {
        using var http = new HttpClient { BaseAddress = new(pages.Api.Url) };
        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldNotContain("style=\"");
        text.ShouldNotContain("onclick");
        var files = File().Matches(text).Select(match => match.Groups[1].Value).ToList();
        files.Count.ShouldBeGreaterThan(3);
        foreach (var file in files)
        {
            using var answer = await http.GetAsync(new Uri(file, UriKind.Relative), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable", customMessage: file);
        }
    }

    [Fact]
    public async Task An_absent_page_is_a_page_for_browsers_and_a_problem_for_programs()
    {
        using var browser = new PageClient(pages.Api.Url);
        (await browser.Get("/nothing")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(HttpStatusCode.NotFound), answer => answer.Text.ShouldContain("<!DOCTYPE html>"));
        (await browser.Get("/api/v1/nothing")).Text.ShouldContain("\"not_found\"");
    }

    private static Task<string> Background(Visitor visitor) => visitor.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");

    [GeneratedRegex("""(?:href|src)="(/[^"]+\.(?:css|js|svg))["]""")]
    private static partial Regex File();
}
