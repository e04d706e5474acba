using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>pages</c>: the grids of the demonstration in Chromium, against static files of the same bytes. Each round visits both servers with an empty cache.
/// <c>SCHEDULER_CHROMIUM</c> names the browser; /usr/bin/chromium unless set.
/// </summary>
internal static class PagesVerb
{
    private const string Key = "benchmark-operator-key";

    // The stream of live counts, which has no end.
    private const string Counts = "/availability/live";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        using var folder = new TemporaryFolder();
        await using var api = ChildProcess.Api(folder.Under("data"), Key, isDemo: true);
        await api.Ready("/health/ready");
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{api.Port}");
        using var client = new HttpClient { BaseAddress = new($"{url}/api/v1/"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SCHEDULER_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox"],
        });
        var (instructor, op) = (await SignIn(browser, url, "instructor"), await SignIn(browser, url, "operator"));
        var need = await Need(client);
        var (plan, changes) = await Plan(client);
        List<Figure> figures =
        [
            .. await Measure(arguments, browser, url, instructor, new("season", $"/availability/season?{need}", "a.cell", "table.grid:not(.season) .cell")),
            .. await Measure(arguments, browser, url, instructor, new("week", $"/availability?{need}", "a.cell[href*='start=']", "#block, .check")),
            .. await Measure(arguments, browser, url, op, new("week of capacity", $"/capacity?{need}", "td a.cell", "main h1")),
            .. await Measure(arguments, browser, url, op, new(
                $"comparison of a plan with {changes} changes", $"/plans/{plan}", ".plan-moves a.link, .rest a.link", "main h1")),
        ];
        FiguresPage.Show("pages", arguments, figures);
        return 0;
    }

    private static async Task<IEnumerable<Figure>> Measure(
        Arguments arguments, IBrowser browser, string url, IReadOnlyList<Cookie> cookies, VisitedPage visited)
    {
        var (name, page, cell, then) = visited;
        // The first visit tells which addresses a visit needs. The twin gets a copy of each.
        await using var twin = await StaticTwin.Start();
        var first = await PageVisit.Run(browser, url, cookies, page, cell, then);
        using var client = new HttpClient { BaseAddress = new(url) };
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(one => $"{one.Name}={one.Value}")));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en-CA");
        foreach (var address in first.Addresses.Distinct().Where(address => !address.StartsWith(Counts, StringComparison.Ordinal)))
            await twin.Copy(client, address);
        var (cells, clicks, bytes) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= arguments.Rounds; round++)
        {
            var servers = round % 2 == 0 ? new[] { url, twin.Url } : [twin.Url, url];
            var visits = new Dictionary<string, PageVisit>();
            foreach (var server in servers)
                visits[server] = await PageVisit.Run(browser, server, cookies, page, cell, then);
            var (own, still) = (visits[url], visits[twin.Url]);
            Console.Error.WriteLine(FormattableString.Invariant($"{name}, round {round}: cell {own.FirstCell:n0}/{still.FirstCell:n0} ms, ")
                + FormattableString.Invariant($"click {own.FirstClick:n0}/{still.FirstClick:n0} ms, {own.Bytes / 1024:n1}/{still.Bytes / 1024:n1} kB"));
            if (round == 0)
                continue;
            cells.Add(own.FirstCell / still.FirstCell);
            clicks.Add(own.FirstClick / still.FirstClick);
            bytes.Add(own.Bytes / 1024);
        }

        return
        [
            Figure.AtMost($"first cell of the {name} ÷ static page", 1.5, Spread.Of(cells), "0.00"),
            Figure.AtMost($"first click in the {name} ÷ static page", 1.5, Spread.Of(clicks), "0.00"),
            Figure.AtMost($"kB on the wire for the first view of the {name}", 60, Spread.Of(bytes), "0.0"),
        ];
    }

    /// <summary>Comes in by a door of the demonstration.</summary>
    private static async Task<IReadOnlyList<Cookie>> SignIn(IBrowser browser, string url, string door)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = url });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator($"form[action='/sign-in/demo/{door}'] button").ClickAsync();
        await page.Locator("main h1").WaitForAsync();
        return [.. (await context.CookiesAsync()).Select(one => new Cookie { Name = one.Name, Value = one.Value })];
    }

    /// <summary>22 candidates, two of them with half as much time more, for the first exam, on the first day of the peak.</summary>
    private static async Task<string> Need(HttpClient client)
    {
        var exam = (await client.GetFromJsonAsync<JsonObject>("exams"))!["items"]![0]!;
        var season = (await client.GetFromJsonAsync<JsonObject>("seasons/first-peak"))!;
        return $"pool={exam["pools"]![0]}&exam={exam["id"]}&mode={exam["modes"]![0]}&seats=22&extra=2&percent=50&from={season["from"]}";
    }

    /// <summary>A plan of the first peak, and how many changes the plan has.</summary>
    private static async Task<(string Id, int Changes)> Plan(HttpClient client)
    {
        var season = (await client.GetFromJsonAsync<JsonObject>("seasons/first-peak"))!;
        using var made = await client.PostAsJsonAsync("plans", new JsonObject
        {
            ["from"] = $"{season["from"]}T00:00:00Z", ["to"] = $"{season["to"]}T23:59:59Z", ["timeLimitSeconds"] = 9, ["movable"] = "flexible",
        });
        made.EnsureSuccessStatusCode();
        var id = (await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.ToString();
        await client.GetStringAsync($"plans/{id}/events");
        var result = (await client.GetFromJsonAsync<JsonObject>($"plans/{id}"))!["result"]!;
        return (id, result["placements"]!.AsArray().Count + result["moves"]!.AsArray().Count);
    }
}
