using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>resolve SIZE LOAD SEED [--rounds 9] [--threads 2]</c>: solves a generated season, changes one request in a hundred and a few capacities,
/// and solves again from the first plan. Half of the requests that were served whole get a current assignment (movable; a move costs a twentieth of the value).
/// Each round has other changes and starts from the same plan. The first round is not counted, because it compiles the code.</summary>
internal static class ResolveVerb
{
    public static int Run(string[] args)
    {
        var (flags, seed) = (new Arguments(args), int.Parse(args[2], CultureInfo.InvariantCulture));
        var recipe = SeasonRecipe.Of(args[0], double.Parse(args[1], CultureInfo.InvariantCulture), seed);
        var budget = new SolveBudget { Threads = flags.Number("threads", 2) };
        var season = recipe.Generate();
        var plan = Timed(() => PlanSolver.Solve(season, budget), out var cold);
        Console.WriteLine(Line($"cold start {cold:0.00} s, gap {plan.Objective.GapBeforeSharing:P3}"));
        var confirmed = SeasonChange.Confirm(season, plan);
        var seconds = new List<double>();
        for (var round = 0; round <= flags.Rounds; round++)
        {
            var changed = new SeasonChange(confirmed, seed + (1_000 * round)).Apply();
            var again = Timed(() => PlanSolver.Solve(changed, budget, null, new WarmStart(plan)), out var took);
            Print(Line($"round {round}: {took:0.000} s"), confirmed, changed, plan, again, flags.Has("stages"));
            if (round > 0)
                seconds.Add(took);
        }
        seconds.Sort();
        Console.WriteLine(Line($"resolve median {seconds[seconds.Count / 2]:0.000} s, slowest {seconds[^1]:0.000} s"));
        var pool = season.Pools[0];
        CapacityChange[] more = [new CapacityChange(pool.Id, pool.Slots[0].Start, pool.Slots[0].Start + Duration.FromDays(3), 20)];
        seconds.Clear();
        for (var round = 0; round <= flags.Rounds; round++)
        {
            var difference = Timed(() => WhatIf.Run(season, plan, more, budget), out var took);
            if (round > 0)
                seconds.Add(took);
            if (round == flags.Rounds)
            {
                seconds.Sort();
                Console.WriteLine(Line($"what-if median {seconds[seconds.Count / 2]:0.000} s: {difference.Gained.Count} gained, {difference.Lost.Count} lost, ")
                    + Line($"{difference.Moved.Count} moved, value {difference.ValueChange:+0.0;-0.0}"));
            }
        }
        return 0;
    }

    private static void Print(string first, Instance before, Instance after, Plan plan, Plan again, bool stages)
    {
        var left = after.Requests.Select(request => request.Id).ToHashSet();
        var old = before.Requests.ToDictionary(request => request.Id);
        var now = after.Requests.ToDictionary(request => request.Id);
        var difference = WhatIf.Between(plan, again);
        var kept = plan.Assignments.Select(row => row.Request).Distinct().Count(left.Contains);
        var same = difference.Moved.Count(left.Contains);
        bool IsAsItWas(string id) => left.Contains(id) && ReferenceEquals(old[id].Candidates, now[id].Candidates);
        var lost = difference.Lost.Where(IsAsItWas).ToList();
        var lostCurrent = lost.Count(id => now[id].Current is not null);
        Console.WriteLine(Line($"{first}, moved {same} of {kept} = {same / (double)kept:P2}, dropped {lost.Count} (current {lostCurrent}), ")
            + Line($"gap {again.Objective.GapBeforeSharing:P3}, unserved {plan.Unserved.Count} before, {again.Unserved.Count} now"));
        if (stages)
            Console.WriteLine("  " + string.Join(' ', again.Stages.Select(stage => Line($"{stage.Name} {stage.Seconds:0.000}"))));
    }

    private static T Timed<T>(Func<T> work, out double seconds)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var result = work();
        seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return result;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
