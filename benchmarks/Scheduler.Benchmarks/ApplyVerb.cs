using System.Diagnostics;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>apply</c>: how long the application of a plan of 1,000 moves takes, and how long bookings beside it wait.</summary>
internal static class ApplyVerb
{
    private const string One = "one booking after the other", Plan = "moves of plans, each of 1,000";
    private const string Alone = "bookings, 16 callers", Beside = "bookings, 16 callers, beside plans";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        var (figures, comparisons) = (new List<Figure>(), new List<Comparison>());
        if (arguments.Value("only") != "postgres")
        {
            using var folder = new TemporaryFolder();
            await using var ledger = await BaseLedger.Open(folder.Under("apply"), 512);
            comparisons.Add(await Measure("SQLite", ledger, arguments, figures));
        }

        if (arguments.Value("only") != "sqlite")
        {
            await using var cluster = await PostgresCluster.Start();
            await using var ledger = await PostgresBase.Open(await cluster.Database("apply"), 512, 2);
            comparisons.Add(await Measure("PostgreSQL", ledger, arguments, figures));
        }

        FiguresPage.Show("apply", arguments, figures, comparisons);
        return 0;
    }

    private static async Task<Comparison> Measure(string name, SeatLedger ledger, Arguments arguments, List<Figure> figures)
    {
        var season = await ApplySeason.Make(ledger);
        var comparison = new Comparison(name);
        comparison.Add(One, () => ClosedLoop.Run(1, arguments.Seconds, _ => season.Book(ApplySeason.Beside)));
        comparison.Add(Plan, () => Applied(season, arguments.Seconds));
        comparison.Add(Alone, () => ClosedLoop.Run(ApplySeason.Beside, arguments.Seconds, season.Book));
        comparison.Add(Beside, async () =>
        {
            using var end = new CancellationTokenSource();
            var plans = Task.Run(async () =>
            {
                while (!end.IsCancellationRequested)
                    await season.Apply();
            });
            var sample = await ClosedLoop.Run(ApplySeason.Beside, arguments.Seconds, season.Book);
            await end.CancelAsync();
            await plans;
            return sample;
        });
        await comparison.Run(arguments.Rounds);
        // Milliseconds of 100 moves, over those of one booking.
        var commits = comparison.Of(Plan).Zip(comparison.Of(One), (plan, one) => 100_000 / plan.PerSecond / one.P50);
        figures.Add(Figure.AtMost($"{name}: 100 moves of a plan of 1,000, in one-booking commits", 10, Spread.Of(commits)));
        figures.Add(Figure.AtMost($"{name}: p99 of bookings beside plans, ms", 250, Spread.Of(comparison.Of(Beside).Select(sample => sample.P99)), "0"));
        return comparison;
    }

    private static async Task<Sample> Applied(ApplySeason season, double seconds)
    {
        var (moves, took) = (0, TimeSpan.Zero);
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        do
        {
            took += await season.Apply();
            moves += ApplySeason.Moves;
        }
        while (took.TotalSeconds < seconds);

        self.Refresh();
        return new(moves / took.TotalSeconds, Cpu: (self.TotalProcessorTime - cpu).TotalMicroseconds / moves);
    }
}
