using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Scheduler.Tests;

/// <summary>A visitor's browser window.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _url;
    private readonly List<string> _faults = [];

    public Visitor(IBrowserContext context, IPage page, string url)
    {
        (_context, Page, _url) = (context, page, url);
        page.PageError += (_, error) => _faults.Add($"error: {error}");
        page.Console += (_, line) =>
        {
            if (line.Type is "error" or "warning")
                _faults.Add($"console: {line.Text}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(url, StringComparison.Ordinal))
                _faults.Add($"request to another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Opens a page, and returns the status of the answer. On a busy machine the browser's report of the answer can come without the answer.</summary>
    public async Task<int> Open(string path) => (await Page.GotoAsync(path) ?? await Page.ReloadAsync()).ShouldNotBeNull(path).Status;

    /// <summary>Signs in with an API key, by the form for keys.</summary>
    public async Task SignIn(string key)
    {
        await Open("/sign-in/key");
        await Page.Locator("#key").FillAsync(key);
        await Page.Locator("main button[type=submit]").ClickAsync();
        Page.Url.ShouldNotContain("/sign-in");
    }

    /// <summary>G and a letter. The two keys go in one step of the browser, because G counts for a moment only, and a busy machine takes longer.</summary>
    public async Task GoTo(char letter) => (await Press("g", letter.ToString())).ShouldBe([false, true], "the page has no link for the letter");

    /// <summary>Keys one after the other in one step of the browser; for each, whether the page acted.</summary>
    public Task<bool[]> Press(params string[] keys) => Page.EvaluateAsync<bool[]>(
        "keys => keys.map(key => !document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))", keys);

    /// <summary>Neither axe nor the browser has found a fault, and nothing is wider than the window.</summary>
    public async Task MustBeSound(string what)
    {
        // axe runs as a script of the page, so a visitor without scripts is not asked.
        var rules = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] };
        var axe = await Page.RunAxe(new AxeRunOptions { RunOnly = rules });
        axe.Violations.Select(found => $"{found.Id}: {string.Join(" | ", found.Nodes.Select(node => node.Html))}").ShouldBeEmpty(what);
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBe(0, $"{what} scrolls sideways");
        _faults.ShouldBeEmpty(what);
    }

    /// <summary>A picture of the whole page, or of the window, when pictures are asked for with <c>SCHEDULER_PICTURES</c>, which names a folder.</summary>
    public async Task Picture(string name, bool isWhole = true)
    {
        if (Environment.GetEnvironmentVariable("SCHEDULER_PICTURES") is { } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = isWhole });
    }

    public string Address => Page.Url[_url.Length..];

    /// <summary>Forgets the faults so far: a page of an error is an error of the console too.</summary>
    public void Forgive() => _faults.Clear();

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
