using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Scheduler.Benchmarks;

/// <summary>What a visitor's browser measured on one visit with an empty cache.</summary>
/// <param name="FirstCell">Milliseconds from the start of the navigation to the first cell of the grid on the screen.</param>
/// <param name="FirstClick">Milliseconds from the same start, over a click on this cell, to what the click asked for on the screen.</param>
/// <param name="Bytes">Bytes on the wire until the first page had loaded: document, styles and scripts with their headers.</param>
/// <param name="Addresses">What the browser asked for until then and for the click, without the host.</param>
internal sealed record PageVisit(double FirstCell, double FirstClick, double Bytes, IReadOnlyList<string> Addresses)
{
    // Runs before the scripts of each document. The first document clicks its cell as soon as a frame has shown the cell; the second one notes the end.
    private const string Watch = """
        (order) => {
          const begun = sessionStorage.getItem("begun");
          const wanted = begun ? order.then : order.cell;
          const shown = () => [...document.querySelectorAll(wanted)].find((one) => one.getClientRects().length > 0);
          const look = () => {
            const found = shown();
            if (!found) return requestAnimationFrame(look);
            requestAnimationFrame(() => {
              const now = performance.timeOrigin + performance.now();
              if (begun) {
                console.debug("click", now - Number(begun));
                return;
              }
              sessionStorage.setItem("begun", performance.timeOrigin);
              console.debug("cell", performance.now());
              if (order.clicks) found.click();
            });
          };
          requestAnimationFrame(look);
        }
        """;

    /// <summary>Visits a page once.</summary>
    /// <param name="browser">The browser; the visit has a window and a cache of its own.</param>
    /// <param name="url">The server.</param>
    /// <param name="state">Cookies of the visitor.</param>
    /// <param name="page">The address of the page.</param>
    /// <param name="cell">Which elements are cells: a selector.</param>
    /// <param name="then">What stands on the page that the click opens: a selector.</param>
    public static async Task<PageVisit> Run(IBrowser browser, string url, IEnumerable<Cookie> state, string page, string cell, string then)
    {
        var bytes = await Weight(browser, url, state, page, cell);
        await using var context = await Window(browser, url, state);
        var addresses = new List<string>();
        var window = await context.NewPageAsync();
        var (cellShown, clickShown) = (new TaskCompletionSource<double>(), new TaskCompletionSource<double>());
        window.Console += (_, line) =>
        {
            if (line.Text.Split(' ') is [var what, var milliseconds] && what is "cell" or "click")
                (what == "cell" ? cellShown : clickShown).TrySetResult(double.Parse(milliseconds, CultureInfo.InvariantCulture));
        };
        window.Request += (_, request) => addresses.Add(request.Url[url.Length..]);
        await context.AddInitScriptAsync($"({Watch})({JsonSerializer.Serialize(new { cell, then, clicks = true })})");
        await window.GotoAsync(page, new() { WaitUntil = WaitUntilState.Commit });
        var limit = TimeSpan.FromSeconds(30);
        var (first, click) = (await cellShown.Task.WaitAsync(limit), await clickShown.Task.WaitAsync(limit));
        return new(first, click, bytes, addresses);
    }

    private static async Task<double> Weight(IBrowser browser, string url, IEnumerable<Cookie> state, string page, string cell)
    {
        await using var context = await Window(browser, url, state);
        var window = await context.NewPageAsync();
        var wire = await context.NewCDPSessionAsync(window);
        await wire.SendAsync("Network.enable");
        var bytes = 0.0;
        wire.Event("Network.loadingFinished").OnEvent += (_, sent) => bytes += sent!.Value.GetProperty("encodedDataLength").GetDouble();
        await window.GotoAsync(page, new() { WaitUntil = WaitUntilState.Load });
        await window.Locator(cell).First.WaitForAsync();
        return bytes;
    }

    private static async Task<IBrowserContext> Window(IBrowser browser, string url, IEnumerable<Cookie> state)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = url, Locale = "en-CA", ViewportSize = new() { Width = 1366, Height = 900 } });
        await context.AddCookiesAsync(state.Select(one => new Cookie { Name = one.Name, Value = one.Value, Url = url }));
        return context;
    }
}
