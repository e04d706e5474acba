using System.Diagnostics;
using System.Globalization;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>served [--families due,planted,assignment,knapsack] [--cases FOLDER] [--seeds 1,2,3] [--free 0.01] [--effort 1] [--threads 2]
/// [--time-limit 30]</c>: solves instances in which every request is mandatory, and prints cost, bound and lost requests. With <c>--cases</c> the due-time
/// cases are read from a folder.</summary>
internal static class ServedVerb
{
    public static int Run(string[] args)
    {
        var arguments = new Arguments(args);
        Print($"instance | requests | lost | cost | bound of the cost | value | gap % | s | processor s | stop");
        foreach (var family in (arguments.Value("families") ?? "due,planted,assignment,knapsack").Split(','))
        {
            foreach (var instance in Instances(family, arguments))
                Measure(instance, arguments);
        }
        return 0;
    }

    private static IEnumerable<Instance> Instances(string family, Arguments arguments)
    {
        if (family == "due" && arguments.Value("cases") is { } folder)
            return Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(path => DueTimeCase.Read(path).ToInstance());
        var free = double.Parse(arguments.Value("free") ?? "0.01", CultureInfo.InvariantCulture);
        return (arguments.Value("seeds") ?? "1,2,3").Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture)).SelectMany(seed => family switch
        {
            "due" => (Instance[])
            [
                DueTimeCase.Draw(60, 60, 1, 2, 8, seed).ToInstance(), DueTimeCase.Draw(120, 80, 1, 2, 4, seed).ToInstance(),
                DueTimeCase.Draw(80, 40, 4, 5, 10, seed).ToInstance(),
            ],
            "planted" => [PlantedSeason.Draw(free, seed)],
            "assignment" =>
            [
                AssignmentFamilies.Assignment('c', 10, 100, seed), AssignmentFamilies.Assignment('d', 20, 200, seed),
                AssignmentFamilies.Assignment('e', 20, 200, seed),
            ],
            "knapsack" => [AssignmentFamilies.Knapsack(100, 10, 10, seed)],
            _ => throw new ArgumentException($"families are due, planted, assignment, knapsack, not {family}", nameof(family)),
        });
    }

    private static void Measure(Instance instance, Arguments arguments)
    {
        var (started, used) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        var plan = PlanSolver.Solve(instance, new SolveBudget
        {
            Threads = arguments.Number("threads", 2), Effort = double.Parse(arguments.Value("effort") ?? "1", CultureInfo.InvariantCulture),
            TimeLimit = TimeSpan.FromSeconds(arguments.Number("time-limit", 30)),
        });
        var (objective, processor) = (plan.Objective, (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds);
        var leastCost = objective.Cost - (objective.Bound - objective.Value);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var counts = FormattableString.Invariant($"{instance.Name} | {instance.Requests.Count} | {plan.Unserved.Count}");
        var values = FormattableString.Invariant($"{objective.Cost:0.##} | {leastCost:0.##} | {objective.Value:0.##} | {100 * objective.Gap:0.000}");
        Print($"{counts} | {values} | {seconds:0.0} | {processor:0.0} | {plan.StopReason}");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
