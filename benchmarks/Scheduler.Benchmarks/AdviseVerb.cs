using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>advise SIZE LOAD SEED [--points 12] [--threads 2]</c>: solves a generated season, and times what an operator asks about the plan: the
/// queue alone, the comparison, the receipts, a what-if, the least capacity and the capacity curve.</summary>
internal static class AdviseVerb
{
    public static int Run(string[] args)
    {
        var (flags, seed) = (new Arguments(args), int.Parse(args[2], CultureInfo.InvariantCulture));
        var season = SeasonRecipe.Of(args[0], double.Parse(args[1], CultureInfo.InvariantCulture), seed).Generate();
        var budget = new SolveBudget { Threads = flags.Number("threads", 2) };
        var plan = Timed("plan", () => PlanSolver.Solve(season, budget), plan => Served(plan));
        var queue = Timed("first come first served", () => FirstComeFirstServed.Run(season, budget.Threads), Served);
        Timed("comparison", () => PlanComparison.Of(season, plan, queue), all => Line($"moves {all.Plan.Moves}, displaced {all.Plan.DisplacedSeats} seats"));
        Timed("receipts", () => Receipts.Of(season, plan), all => Line($"{all.Count}, not proven {all.Count(one => !one.IsLeast)}"));
        var pool = season.Pools[0];
        CapacityChange[] more = [new CapacityChange(pool.Id, pool.Slots[0].Start, pool.Slots[0].Start + Duration.FromDays(3), 20)];
        Timed("what-if", () => WhatIf.Run(season, plan, more, budget), change => Line($"{change.Gained.Count} gained, {change.Moved.Count} moved"));
        Timed("least capacity", () => LeastCapacity.Of(season, plan, budget), Range);
        var curve = Timed("curve", () => CapacityCurve.Of(season, plan, flags.Number("points", 12), budget), curve => Range(curve.LeastCapacity));
        foreach (var (point, at) in curve.Points.Select((point, at) => (point, at)))
            Console.WriteLine(Line($"  +{point.AddedMachineHours} machine hours: {point.Unserved} unserved{(at == curve.Knee ? ", the knee" : "")}"));
        return 0;
    }

    private static string Served(Plan plan) => Line(
        $"{plan.Objective.ServedSeats} of {plan.Objective.RequestedSeats} seats, {plan.Unserved.Count} requests not in full");

    private static string Range(LeastCapacity least) => Line(
        $"{least.LowerMachineHours} to {least.UpperMachineHours} machine hours in {least.Where.Count} slots, {least.Unserved} seats unserved");

    private static T Timed<T>(string name, Func<T> work, Func<T, string> tell)
    {
        var started = Stopwatch.GetTimestamp();
        var result = work();
        Console.WriteLine(Line($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s: ") + tell(result));
        return result;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
