using System.Diagnostics;
using System.Globalization;
using Google.OrTools.LinearSolver;
using Google.OrTools.Sat;
using Scheduler.Solver;
using LinearExpr = Google.OrTools.Sat.LinearExpr;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>rivals INSTANCE [SECONDS] [which…]</c>: other methods on the same option table. First come first served in the order of the file, each
/// request at its cheapest free candidate; CP-SAT with one boolean per option; the LP by GLOP, rounded by its fractions; the MIP by HiGHS. Whole requests only,
/// without sharing. Name one rival per run to see its peak memory.</summary>
internal static class SolveRivals
{
    public static async Task<int> Run(string[] args)
    {
        await using var file = File.OpenRead(args[0]);
        if (InstanceReader.Read(file) is not InstanceReading.Read { Instance: var instance })
            return 2;
        var seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        var season = Presolve.Run(instance);
        string[] which = args.Length > 2 ? args[2..] : ["fcfs", "cpsat", "glop", "highs"];
        foreach (var rival in which)
        {
            var started = Stopwatch.GetTimestamp();
            var (value, bound, note) = rival switch
            {
                "fcfs" => FirstCome(season),
                "cpsat" => Booleans(season, seconds),
                "glop" => Linear(season, "GLOP", seconds),
                _ => Linear(season, "HIGHS", seconds),
            };
            var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rival,-6} value {value:0.00} bound {bound:0.00} {note} {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s, process peak {peak} MB"));
        }
        return 0;
    }

    /// <summary>Runs one rival on an instance in a process of its own, and ends a process that exceeds its time. Returns the rival's line of output.</summary>
    public static async Task<string> InChild(string instance, string rival, double seconds)
    {
        var command = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var word in (string[])[typeof(SolveRivals).Assembly.Location, "rivals", instance, seconds.ToString(CultureInfo.InvariantCulture), rival])
            command.ArgumentList.Add(word);
        using var child = Process.Start(command) ?? throw new InvalidOperationException("The rival did not start.");
        var output = child.StandardOutput.ReadToEndAsync();
        var patience = TimeSpan.FromSeconds(10 + (2 * seconds));
        if (!child.WaitForExit(patience))
            child.Kill();
        var line = (await output).Split('\n').FirstOrDefault(line => line.StartsWith(rival, StringComparison.Ordinal));
        return line ?? string.Create(CultureInfo.InvariantCulture, $"{rival,-6} no answer, ended after {patience.TotalSeconds:0} s");
    }

    private static (double Value, double Bound, string Note) FirstCome(Season season)
    {
        var incumbent = new Incumbent(season.Table);
        Construct.CurrentAssignments(incumbent);
        var none = new Prices(season.Table);
        for (var r = 0; r < season.Table.Requests; r++)
            Insert.Run(incumbent, none, r, 0);
        return (season.FixedValue + incumbent.Value(), double.NaN, "");
    }

    private static (double Value, double Bound, string Note) Booleans(Season season, double seconds)
    {
        var (table, model) = (season.Table, new CpModel());
        var scale = IntegerScale.For(table.NetValue);
        var take = table.NetValue.Select(_ => model.NewBoolVar("")).ToArray();
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.FirstOption[r + 1] > table.FirstOption[r])
                model.AddAtMostOne(take[table.FirstOption[r]..table.FirstOption[r + 1]]);
        }
        foreach (var (row, entries) in Entries(table))
            model.Add(LinearExpr.WeightedSum(entries.Select(entry => take[entry.Option]), entries.Select(entry => (long)entry.Amount)) <= table.Capacity[row]);
        model.Maximize(LinearExpr.WeightedSum(take, table.NetValue.Select(scale.Whole)));
        var solver = new CpSolver { StringParameters = string.Create(CultureInfo.InvariantCulture, $"num_workers:2,max_time_in_seconds:{seconds}") };
        var status = solver.Solve(model);
        return ExactSolve.HasAnswer(status)
            ? (season.FixedValue + (solver.ObjectiveValue / scale.Unit), season.FixedValue + (solver.BestObjectiveBound / scale.Unit), status.ToString())
            : (double.NaN, double.NaN, status.ToString());
    }

    private static (double Value, double Bound, string Note) Linear(Season season, string name, double seconds)
    {
        var table = season.Table;
        using var solver = Google.OrTools.LinearSolver.Solver.CreateSolver(name);
        solver.SetTimeLimit((long)(seconds * 1000));
        var take = table.NetValue.Select(_ => name == "GLOP" ? solver.MakeNumVar(0, 1, "") : solver.MakeBoolVar("")).ToArray();
        for (var r = 0; r < table.Requests; r++)
        {
            var one = solver.MakeConstraint(double.NegativeInfinity, 1, "");
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
                one.SetCoefficient(take[option], 1);
        }
        foreach (var (row, entries) in Entries(table))
        {
            var room = solver.MakeConstraint(double.NegativeInfinity, table.Capacity[row], "");
            foreach (var (option, amount) in entries)
                room.SetCoefficient(take[option], amount);
        }
        for (var option = 0; option < take.Length; option++)
            solver.Objective().SetCoefficient(take[option], table.NetValue[option]);
        solver.Objective().SetMaximization();
        var status = solver.Solve();
        if (status is not (Google.OrTools.LinearSolver.Solver.ResultStatus.OPTIMAL or Google.OrTools.LinearSolver.Solver.ResultStatus.FEASIBLE))
            return (double.NaN, double.NaN, status.ToString());
        if (name != "GLOP")
            return (season.FixedValue + solver.Objective().Value(), season.FixedValue + solver.Objective().BestBound(), status.ToString());
        return (season.FixedValue + Rounded(table, take), season.FixedValue + solver.Objective().Value(), $"{status}, rounded");
    }

    /// <summary>Places options in order of their fractions where they still fit, then every other request that fits.</summary>
    private static double Rounded(OptionTable table, Variable[] take)
    {
        var incumbent = new Incumbent(table);
        var fractions = take.Select(variable => -variable.SolutionValue()).ToArray();
        var order = Enumerable.Range(0, take.Length).ToArray();
        Array.Sort(fractions, order);
        var owner = new int[take.Length];
        for (var r = 0; r < table.Requests; r++)
            Array.Fill(owner, r, table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r]);
        for (var at = 0; at < order.Length && fractions[at] < -1e-6; at++)
        {
            var r = owner[order[at]];
            if (incumbent.Option[incumbent.FirstUnit[r]] < 0 && incumbent.Usage.Fits(r, order[at], table.Size[r]))
                incumbent.Place(incumbent.FirstUnit[r], order[at], table.Size[r]);
        }
        var none = new Prices(table);
        for (var r = 0; r < table.Requests; r++)
            Insert.Run(incumbent, none, r, 0);
        return incumbent.Value();
    }

    private static SortedDictionary<int, List<(int Option, int Amount)>> Entries(OptionTable table)
    {
        var rows = new SortedDictionary<int, List<(int Option, int Amount)>>();
        for (var r = 0; r < table.Requests; r++)
        {
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                foreach (var run in table.Runs(r, option))
                {
                    Add(run.First, run.End, option, run.Amount);
                    Add(run.Second, run.SecondEnd, option, run.Amount);
                }
            }
        }
        return rows;

        void Add(int row, int end, int option, int amount)
        {
            for (; row < end; row++)
            {
                if (!rows.TryGetValue(row, out var entries))
                    rows.Add(row, entries = []);
                entries.Add((option, amount));
            }
        }
    }
}
