using Microsoft.Playwright;

namespace Scheduler.Tests;

/// <summary>
/// The system's Chromium, started once for all tests of a class. Every page is watched: errors of scripts and requests to other hosts fail the test.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    // The shell is the same browser without a window. It needs half of the time.
    private static readonly string[] _usual = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SCHEDULER_CHROMIUM") ?? Array.Find(_usual, File.Exists),
            Args = ["--no-sandbox"],
        });
        return new(playwright, browser);
    }

    /// <summary>A visitor with cookies of their own.</summary>
    public async Task<Visitor> Visit(string url, Look? look = null)
    {
        look ??= new();
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = url, Locale = look.Language, ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light, JavaScriptEnabled = look.HasScripts,
            ViewportSize = new() { Width = look.Width, Height = look.Height }, ReducedMotion = ReducedMotion.Reduce,
        });
        return new(context, await context.NewPageAsync(), url);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
