using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>resolve SIZE LOAD SEED [--rounds 9] [--threads 2]</c>: solves a generated season afresh, changes one request in a hundred and a few capacities,
/// and solves again from the plan before. Half of what was served whole is confirmed (<c>current</c>, movable, a move costs a twentieth of its value); the rest of what
/// was served is only planned. Each round has other changes and starts from the same plan; the first round is not counted, for it compiles.</summary>
internal static class ResolveVerb
{
    public static int Run(string[] args)
    {
        var (flags, seed) = (new Arguments(args), int.Parse(args[2], CultureInfo.InvariantCulture));
        var recipe = SeasonRecipe.Of(args[0], double.Parse(args[1], CultureInfo.InvariantCulture), seed);
        var budget = new SolveBudget { Threads = flags.Number("threads", 2) };
        var season = new SeasonGenerator(recipe).Generate();
        var plan = Timed("afresh", () => PlanSolver.Solve(season, budget), out var afresh);
        Console.WriteLine(Line($"afresh {afresh:0.00} s, gap {plan.Objective.GapBeforeSharing:P3}"));
        var confirmed = SeasonChange.Confirm(season, plan);
        var seconds = new List<double>();
        for (var round = 0; round <= flags.Rounds; round++)
        {
            var changed = new SeasonChange(confirmed, seed + (1_000 * round)).Apply();
            var again = Timed("again", () => PlanSolver.Solve(changed, budget, null, new WarmStart(confirmed, plan)), out var took);
            Tell(Line($"round {round}: {took:0.000} s"), confirmed, changed, plan, again, flags.Has("stages"));
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
            var difference = Timed("what-if", () => WhatIf.Run(season, plan, more, budget), out var took);
            if (round > 0)
                seconds.Add(took);
            if (round == flags.Rounds)
            {
                seconds.Sort();
                Console.WriteLine(Line(
                    $"what-if median {seconds[seconds.Count / 2]:0.000} s: {difference.Gained.Count} gained, {difference.Lost.Count} lost, {difference.Moved.Count} moved, value {difference.ValueChange:+0.0;-0.0}"));
            }
        }
        return 0;
    }

    private static void Tell(string first, Instance before, Instance after, Plan plan, Plan again, bool stages)
    {
        var left = after.Requests.Select(request => request.Id).ToHashSet();
        var old = before.Requests.ToDictionary(request => request.Id);
        var now = after.Requests.ToDictionary(request => request.Id);
        var difference = WhatIf.Between(plan, again);
        var kept = plan.Assignments.Select(row => row.Request).Distinct().Count(left.Contains);
        var same = difference.Moved.Count(left.Contains);
        bool IsAsItWas(string id) => left.Contains(id) && ReferenceEquals(old[id].Candidates, now[id].Candidates);
        var lost = difference.Lost.Where(IsAsItWas).ToList();
        Console.WriteLine(Line(
            $"{first}, moved {same} of {kept} = {same / (double)kept:P2}, dropped {lost.Count} (confirmed {lost.Count(id => now[id].Current is not null)}), gap {again.Objective.GapBeforeSharing:P3}, unserved {plan.Unserved.Count} before, {again.Unserved.Count} now"));
        if (stages)
            Console.WriteLine("  " + string.Join(' ', again.Stages.Select(stage => Line($"{stage.Name} {stage.Seconds:0.000}"))));
    }

    private static T Timed<T>(string what, Func<T> work, out double seconds)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        var result = work();
        seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return result;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a day changes: of the requests one in a hundred (a quarter each is withdrawn, new, larger, smaller), and the capacity of one slot in two hundred.</summary>
internal sealed class SeasonChange(Instance before, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Half of what was served whole sits where the plan put it.</summary>
    public static Instance Confirm(Instance season, Plan plan)
    {
        var rows = plan.Assignments.ToLookup(row => row.Request);
        var number = 0;
        return season with
        {
            Requests = [.. season.Requests.Select(request => rows[request.Id].ToArray() is [var row] && row.Seats == request.Candidates[0].Seats.Max() && number++ % 2 == 0
                ? request with { Current = new CurrentPlace(row.Candidate, true, 0.05 * request.Value) }
                : request)],
        };
    }

    public Instance Apply()
    {
        var requests = before.Requests.ToList();
        var changes = requests.Count / 100;
        foreach (var at in Enumerable.Range(0, requests.Count).OrderBy(_ => _random.Next()).Take(changes).OrderDescending().ToList())
        {
            switch (_random.Next(4))
            {
                case 0: requests.RemoveAt(at); break;
                case 1: requests.Add(requests[at] with { Id = $"new-{at}", Current = null }); break;
                case 2: requests[at] = Resized(requests[at], 1.1 + (0.2 * _random.NextDouble())); break;
                default: requests[at] = Resized(requests[at], 0.9 - (0.2 * _random.NextDouble())); break;
            }
        }
        return before with { Requests = requests, Pools = [.. before.Pools.Select(Changed)] };
    }

    private Pool Changed(Pool pool) => pool with
    {
        Slots = [.. pool.Slots.Select(slot => _random.Next(200) == 0 ? slot with { Capacity = (int)(slot.Capacity * (0.9 + (0.2 * _random.NextDouble()))) } : slot)],
    };

    private static Request Resized(Request request, double factor)
    {
        int[] seats = [.. request.Candidates[0].Seats.Select(entry => Math.Max(1, (int)Math.Round(entry * factor)))];
        return request with
        {
            // A confirmed block keeps its place only with its size; larger or smaller it is asked for anew.
            Value = request.Value * factor,
            Current = null,
            Candidates = [.. request.Candidates.Select(candidate => candidate with { Seats = seats })],
        };
    }
}
