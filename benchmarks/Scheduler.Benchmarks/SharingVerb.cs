using System.Globalization;
using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>sharing [--seasons 20] [--first 1]</c>: compares sharing by search with exact leximin. Small random seasons at load 2 are solved twice,
/// once with each. Seasons whose best value is not proven are counted and left out.</summary>
internal static class SharingVerb
{
    private static readonly double[] _slacks = [0.005, 0.02, 0.05];

    public static int Run(string[] args)
    {
        var arguments = new Arguments(args);
        var (seasons, first) = (arguments.Number("seasons", 20), arguments.Number("first", 1));
        var rows = new List<(double Before, double[] Exact, double[] Search)>();
        for (var seed = first; seed < first + seasons; seed++)
        {
            var season = Draw(seed);
            var exact = PlanSolver.Solve(season, new SolveBudget());
            if (exact.Objective.GapBeforeSharing > 1e-9)
                continue;
            var search = PlanSolver.Solve(season, new SolveBudget { SharesBySearch = true });
            var none = PlanSolver.Solve(season with { FairnessSlack = 0 }, new SolveBudget());
            rows.Add((Ratios(season, none)[0], Ratios(season, exact), Ratios(season, search)));
        }
        var sameWorst = rows.Where(row => row.Exact[0] - row.Search[0] < 1e-6).ToList();
        var worst = rows.ConvertAll(row => row.Exact[0] - row.Search[0]);
        var second = sameWorst.ConvertAll(row => row.Exact[1] - row.Search[1]);
        Print($"seasons {seasons}, left out {seasons - rows.Count}");
        Print($"worst ratio: equal in {sameWorst.Count}, mean {worst.Average():0.000} and at most {worst.Max():0.000} below exact");
        if (second.Count > 0)
            Print($"second ratio, where the worst is equal: equal in {second.Count(below => below < 1e-6)}, at most {second.Max():0.000} below exact");
        Print($"worst ratio before sharing: mean {rows.Average(row => row.Exact[0] - row.Before):0.000} below exact");
        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>20 to 40 requests of 4 to 8 institutions for twice the capacity of one pool.</summary>
    private static Instance Draw(int seed)
    {
        var random = new Random(seed);
        var (requests, institutions, slots) = (random.Next(20, 41), random.Next(4, 9), random.Next(6, 11));
        var asks = Enumerable.Range(0, requests).Select(_ => (Seats: random.Next(2, 13), Length: random.Next(1, 4))).ToArray();
        var capacity = Math.Max(12, asks.Sum(ask => ask.Seats * ask.Length) / (2 * slots));
        return new Instance
        {
            Name = $"sharing {seed}", SlotMinutes = 60, FairnessSlack = _slacks[random.Next(_slacks.Length)],
            Pools = [new Pool("p", [.. Enumerable.Range(0, slots).Select(slot => new PoolSlot(At(slot), capacity))])],
            Institutions = [.. Enumerable.Range(0, institutions).Select(at => new Institution($"i{at}", []))],
            Requests = [.. asks.Select((ask, at) => Ask(at, ask.Seats, ask.Length, slots, institutions, random))],
        };
    }

    private static Request Ask(int at, int seats, int length, int slots, int institutions, Random random)
    {
        var wish = random.Next(0, slots - length + 1);
        int[] profile = [.. Enumerable.Repeat(seats, length)];
        return new Request
        {
            Id = $"r{at}", Institution = $"i{random.Next(institutions)}", Value = seats * (random.Next(3) == 0 ? 2 : 1),
            MinGroup = seats > 8 && random.Next(3) == 0 ? 4 : null,
            Candidates = [.. Enumerable.Range(wish - 2, 6).Where(start => start >= 0 && start + length <= slots)
                .Select(start => new Candidate("p", At(start), profile, 0.25 * Math.Abs(start - wish)))],
        };
    }

    private static Instant At(int slot) => Instant.FromUtc(2026, 12, 7, 8, 0) + (Duration.FromHours(1) * slot);

    private static double[] Ratios(Instance season, Plan plan)
    {
        var owner = season.Requests.ToDictionary(request => request.Id, request => request.Institution);
        var served = plan.Assignments.GroupBy(row => owner[row.Request]).ToDictionary(rows => rows.Key, rows => rows.Sum(row => (double)row.Seats));
        return [.. season.Requests.GroupBy(request => request.Institution)
            .Select(own => served.GetValueOrDefault(own.Key) / own.Sum(request => request.Candidates[0].Seats[0])).Order()];
    }
}
