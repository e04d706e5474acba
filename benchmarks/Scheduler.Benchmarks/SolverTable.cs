using System.Globalization;
using System.Text;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>solver-table [--sizes S,M] [--loads 1.3,2.0] [--seeds 1,2,3] [--variants plain] [--threads 2] [--time-limit 30] [--rivals SECONDS]
/// [--name NAME] [--write]</c>: generates each season, solves it with the <c>solve</c> command in a process of its own, and prints gap, seconds, memory,
/// sharing and displacement. With <c>--rivals</c> each rival gets so many seconds on the same season. <c>--write</c> writes the table into
/// docs/solver-figures.md, between the marks of its name.</summary>
internal static class SolverTable
{
    private const string Command = "dotnet run -c Release --project benchmarks/Scheduler.Benchmarks -- solver-table";
    private const string Head = "| season (load, seed) | gap before sharing % | gap % | worst institution with 5 requests or more | seats served % "
        + "| not at the cheapest candidate %, hours moved | s to the target gap | s whole process | processor s | peak MB | stop |";
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
                        var recipe = SeasonRecipe.Of(size, load, int.Parse(seed, CultureInfo.InvariantCulture), variant);
                        rows.Add(await Measure(temporary.Path, recipe, variant, arguments));
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
        var instance = recipe.Generate();
        await using (var stream = File.Create(file))
            await PlanFile.WriteInstance(instance, stream);
        var child = await SolveChild.Run(file, answer, arguments.Number("threads", 2), arguments.Number("time-limit", 30));
        await using var written = File.OpenRead(answer);
        if (PlanReader.Read(written) is not PlanReading.Read { Plan: var plan })
            throw new InvalidOperationException("solve wrote no plan.");
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
        text.AppendLine(CultureInfo.InvariantCulture, $"`{Command} {string.Join(' ', arguments.Shown)}`");
        text.AppendLine();
        text.AppendLine(Head);
        text.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var row in rows)
            text.AppendLine(row.Line());
        if (rows.Any(row => row.Seed != rows[0].Seed))
        {
            text.AppendLine();
            text.AppendLine("| mean (worst) over the seeds | gap before sharing % | gap % | s to the target gap | peak MB |");
            text.AppendLine("| --- | --- | --- | --- | --- |");
            foreach (var group in rows.GroupBy(row => (row.Size, row.Variant, row.Load)))
            {
                string[] spreads =
                [
                    Spread(group, row => 100 * row.Objective.GapBeforeSharing, "0.000"), Spread(group, row => 100 * row.Objective.Gap, "0.000"),
                    Spread(group, row => row.SecondsToGap, "0.0"), Spread(group, row => row.Child.PeakMegabytes, "0"),
                ];
                var name = SolverRow.Name(group.Key.Size, group.Key.Variant);
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} {group.Key.Load:0.0} | {string.Join(" | ", spreads)} |");
            }
        }
        foreach (var row in rows.Where(row => row.Rivals.Count > 0))
        {
            text.AppendLine();
            var (value, bound) = (row.Objective.ValueBeforeSharing, row.Objective.Bound);
            text.Append(CultureInfo.InvariantCulture, $"Rivals on {SolverRow.Name(row.Size, row.Variant)} {row.Load:0.0} {row.Seed}. ");
            text.AppendLine(CultureInfo.InvariantCulture, $"`solve` reaches {value:0.00}, the bound is {bound:0.00}:");
            text.AppendLine("```");
            foreach (var rival in row.Rivals)
                text.AppendLine(rival);
            text.AppendLine("```");
            var first = Number(row.Rivals[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
            var closed = 100 * (value - first) / (bound - first);
            text.AppendLine(CultureInfo.InvariantCulture, $"`solve` closes {closed:0.0} % of the distance from first come first served to the bound.");
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
        var path = Path.Combine(FiguresPage.Repository(), "docs", "solver-figures.md");
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
