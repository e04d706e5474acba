using System.Globalization;
using System.Text;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>solver-table [--sizes S,M] [--loads 1.3,2.0] [--seeds 1,2,3] [--variants plain] [--threads 2] [--time-limit 30] [--rivals SECONDS] [--name NAME] [--write]</c>:
/// makes each season, solves it by the <c>solve</c> command in a process of its own, and tells gap, seconds, memory, sharing and displacement; with
/// <c>--rivals</c> each rival gets so many seconds on the same season. <c>--write</c> puts the table into docs/solver.md, between the marks of its name.</summary>
internal static class SolverTable
{
    private static readonly string[] _rivals = ["fcfs", "cpsat", "glop", "highs"];

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        using var temporary = new TemporaryFolder();
        var rows = new List<SolverRow>();
        foreach (var variant in List(arguments, "variants", "plain"))
        {
            foreach (var size in List(arguments, "sizes", "S,M"))
            {
                foreach (var load in List(arguments, "loads", "1.3,2.0").Select(Number))
                {
                    foreach (var seed in List(arguments, "seeds", "1,2,3"))
                    {
                        rows.Add(await Measure(temporary.Path, SeasonRecipe.Of(size, load, int.Parse(seed, CultureInfo.InvariantCulture), variant), variant, arguments));
                        await Console.Error.WriteLineAsync(rows[^1].Line());
                    }
                }
            }
        }
        var text = Text(arguments, rows);
        Console.WriteLine(text);
        if (arguments.Has("write"))
            Write(arguments.Value("name") ?? "solver-table", text);
        return 0;
    }

    private static async Task<SolverRow> Measure(string folder, SeasonRecipe recipe, string variant, Arguments arguments)
    {
        var (file, answer) = (Path.Combine(folder, "season.json"), Path.Combine(folder, "plan.json"));
        var instance = new SeasonGenerator(recipe).Generate();
        await using (var stream = File.Create(file))
            await PlanFile.WriteInstance(instance, stream);
        var child = await SolveChild.Run(file, answer, arguments.Number("threads", 2), arguments.Number("time-limit", 30));
        await using var written = File.OpenRead(answer);
        var plan = await PlanFile.Read(written, CancellationToken.None);
        var row = new SolverRow(recipe.Size, variant, recipe.Load, recipe.Seed, plan.Objective, plan.StopReason, child, Displacement.Of(instance, plan), []);
        if (arguments.Value("rivals") is not { } seconds)
            return row;
        var rivals = new List<string>();
        foreach (var rival in _rivals)
            rivals.Add(await SolveRivals.InChild(file, rival, Number(seconds)));
        return row with { Rivals = rivals };
    }

    private static string Text(Arguments arguments, List<SolverRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/Scheduler.Benchmarks -- solver-table {string.Join(' ', arguments.Shown)}`");
        text.AppendLine();
        text.AppendLine("| season (load, seed) | gap before sharing % | gap % | worst institution, of those with 5 requests or more | seats served % | not at first wish %, hours moved | s to the gap asked | s whole process | processor s | peak MB | stop |");
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in rows)
            text.AppendLine(row.Line());
        if (rows.Any(row => row.Seed != rows[0].Seed))
        {
            text.AppendLine();
            text.AppendLine("| mean (worst) over the seeds | gap before sharing % | gap % | s to the gap asked | peak MB |");
            text.AppendLine("| --- | --- | --- | --- | --- |");
            foreach (var group in rows.GroupBy(row => (row.Size, row.Variant, row.Load)))
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {SolverRow.Name(group.Key.Size, group.Key.Variant)} {group.Key.Load:0.0} | {Spread(group, row => 100 * row.Objective.GapBeforeSharing, "0.000")} | {Spread(group, row => 100 * row.Objective.Gap, "0.000")} | {Spread(group, row => row.SecondsToGap, "0.0")} | {Spread(group, row => row.Child.PeakMegabytes, "0")} |");
            }
        }
        foreach (var row in rows.Where(row => row.Rivals.Count > 0))
        {
            text.AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"Rivals on {SolverRow.Name(row.Size, row.Variant)} {row.Load:0.0} {row.Seed}, where ours is {row.Objective.ValueBeforeSharing:0.00} and the bound {row.Objective.Bound:0.00}:");
            text.AppendLine("```");
            foreach (var rival in row.Rivals)
                text.AppendLine(rival);
            text.AppendLine("```");
            var first = Number(row.Rivals[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
            text.AppendLine(CultureInfo.InvariantCulture, $"Of the distance from first come first served to the bound {100 * (row.Objective.ValueBeforeSharing - first) / (row.Objective.Bound - first):0.0} % is closed.");
        }
        return text.ToString();
    }

    private static string Spread(IEnumerable<SolverRow> rows, Func<SolverRow, double> figure, string format)
    {
        var all = rows.Select(figure).ToList();
        return all.Exists(double.IsNaN)
            ? "not reached by all"
            : $"{all.Average().ToString(format, CultureInfo.InvariantCulture)} ({all.Max().ToString(format, CultureInfo.InvariantCulture)})";
    }

    private static void Write(string name, string text)
    {
        var path = Path.Combine(FiguresPage.Repository(), "docs", "solver.md");
        var page = File.ReadAllText(path);
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < begin.Length || to < from)
            throw new InvalidOperationException($"{path} has no place for '{name}'.");
        File.WriteAllText(path, string.Concat(page.AsSpan(0, from), text, page.AsSpan(to)));
    }

    private static string[] List(Arguments arguments, string name, string otherwise) => (arguments.Value(name) ?? otherwise).Split(',');

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
