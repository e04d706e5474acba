using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>peak</c>: the first peak of the demonstration over HTTP: a plan, a question about it and the curve of twelve points. Then bookings beside the solver
/// child that a server starts for a plan of size L, against the same bookings alone.
/// </summary>
internal static class PeakVerb
{
    private const string Key = "benchmark-operator-key";
    private const int Points = 12;

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        List<Figure> figures = arguments.Has("beside-only") ? [] : await Peak(arguments);
        if (arguments.Has("peak-only"))
        {
            FiguresPage.Show("peak", arguments, figures);
            return 0;
        }

        var comparisons = await Beside(arguments, figures);
        FiguresPage.Show("peak", arguments, figures, comparisons);
        return 0;
    }

    private static async Task<List<Figure>> Peak(Arguments arguments)
    {
        using var folder = new TemporaryFolder();
        await using var api = ChildProcess.Api(folder.Under("data"), Key, isDemo: true);
        await api.Ready("/health/ready");
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{api.Port}/api/v1/"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var season = (await client.GetFromJsonAsync<JsonObject>("seasons/first-peak"))!;
        var (from, to) = ($"{season["from"]}T00:00:00Z", $"{season["to"]}T23:59:59Z");
        var pools = (await client.GetFromJsonAsync<JsonObject>("pools"))!["items"]!.AsArray().Select(pool => pool!["id"]!.ToString()).ToArray();
        var (plans, questions, curves) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= arguments.Rounds; round++)
        {
            var planned = await Timed(() => Plan(client, from, to));
            var result = planned.Answer["result"]!;
            var where = result["unserved"]!.AsArray().Select(one => one!["receipt"]?["where"]?.AsArray()).First(one => one is { Count: > 0 })!;
            var question = new JsonObject
            {
                ["from"] = from, ["to"] = to, ["timeLimitSeconds"] = 10, ["movable"] = "flexible", ["capacity"] = where.DeepClone(),
                ["plan"] = planned.Answer["id"]!.ToString(),
            };
            var asked = await Timed(() => Post(client, "what-if", question));
            var curve = await Timed(async () => (await client.GetFromJsonAsync<JsonObject>(
                $"advice/curve?pool={pools[0]}&from={from}&to={to}&points={Points}"))!);
            var gap = 100 * result["gap"]!.GetValue<double>();
            Console.Error.WriteLine(FormattableString.Invariant($"round {round}: plan {planned.Seconds:n2} s, gap {gap:n3} %, what-if {asked.Seconds:n2} s, ")
                + FormattableString.Invariant($"curve {curve.Seconds:n2} s, {curve.Answer["points"]!.AsArray().Count} points"));
            if (round == 0)
                continue;
            plans.Add(planned.Seconds);
            questions.Add(asked.Seconds);
            curves.Add(curve.Seconds);
        }

        return
        [
            Figure.AtMost("seconds of a plan of the demonstration's first peak", 10, Spread.Of(plans), "0.0"),
            Figure.AtMost("seconds of a what-if from this plan", 2, Spread.Of(questions), "0.0"),
            Figure.AtMost("seconds of the curve of twelve points", 15, Spread.Of(curves), "0.0"),
        ];
    }

    private static async Task<List<Comparison>> Beside(Arguments arguments, List<Figure> figures)
    {
        using var folder = new TemporaryFolder();
        await using var load = ChildProcess.Load();
        var start = await BaseLedger.Make(folder.Under("base"), 20_000);
        await using var api = await BenchApi.Start(start.Copy(folder.Under("api")), null);
        var instance = folder.Under("season.json");
        await SolveGenerate.Run(["L", "2.0", "1", instance]);
        var comparisons = new List<Comparison>();
        foreach (var connections in (int[])[8, 64])
        {
            var (alone, beside) = ($"alone, {connections} connections", $"beside a plan of size L, {connections} connections");
            var order = new LoadOrder { Port = api.Port, Keys = api.Keys, Connections = connections, Seconds = arguments.Seconds };
            var comparison = new Comparison($"HTTP bookings, {connections} connections");
            comparison.Add(alone, () => LoadVerb.Measure(load, api.Process, order));
            comparison.Add(beside, async () =>
            {
                using var solver = Solver(instance, folder.Under("plan.json"));
                // The first step that the solver reports says that it has read the season, and that it computes.
                await solver.StandardOutput.ReadLineAsync();
                var sample = await LoadVerb.Measure(load, api.Process, order);
                if (solver.HasExited)
                    throw new InvalidOperationException("The plan ended before the bookings did.");
                solver.Kill(entireProcessTree: true);
                await solver.WaitForExitAsync();
                return sample;
            });
            await LoadVerb.Measure(load, api.Process, order with { Seconds = arguments.Number("warm", 10) });
            await comparison.Run(arguments.Rounds);
            var ratio = Spread.Of(comparison.Of(beside).Zip(comparison.Of(alone), (one, other) => one.P99 / other.P99));
            figures.Add(Figure.AtMost($"p99 of a booking beside a plan of size L ÷ alone, {connections} connections", 2, ratio, "0.00"));
            comparisons.Add(comparison);
        }

        return comparisons;
    }

    /// <summary>The child as a server starts it: in the background, with the server's limits and threads.</summary>
    private static Process Solver(string instance, string plan)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] words =
        [
            ChildProcess.ApiProgram, "solve", instance, "--out", plan, "--progress", "json", "--background", "--memory-limit", "2048", "--threads", "2",
            "--time-limit", "120", "--effort", "1000",
        ];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    /// <summary>Makes a plan, and follows its events until the run ends.</summary>
    private static async Task<JsonObject> Plan(HttpClient client, string from, string to)
    {
        var made = await Post(client, "plans", new JsonObject { ["from"] = from, ["to"] = to, ["timeLimitSeconds"] = 9, ["movable"] = "flexible" });
        await client.GetStringAsync($"plans/{made["id"]}/events");
        var plan = (await client.GetFromJsonAsync<JsonObject>($"plans/{made["id"]}"))!;
        return plan["status"]!.ToString() == "ready" ? plan : throw new InvalidOperationException($"The plan is {plan["status"]}: {plan["cause"]}");
    }

    private static async Task<JsonObject> Post(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonObject>(text)!
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"POST {path}: {(int)answer.StatusCode} {text}"));
    }

    private static async Task<(JsonObject Answer, double Seconds)> Timed(Func<Task<JsonObject>> call)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await call();
        return (answer, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
