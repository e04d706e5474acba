using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>age</c>: whether a large ledger books as fast as a small one.</summary>
internal static class AgeVerb
{
    private const int Young = 10_000;

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        var old = arguments.Number("bookings", 1_000_000);
        using var temporary = new TemporaryFolder();
        // Filling takes longer than measuring. So a folder that is named is kept, and filled only once.
        var folder = arguments.Value("folder") ?? temporary.Path;
        if (arguments.Has("fill"))
        {
            foreach (var bookings in (int[])[Young, old])
                await BaseLedger.Make(Path.Combine(folder, $"{bookings}"), bookings);
            return 0;
        }

        var comparison = new Comparison("SQLite, 512 callers", arguments.Value("variant"));
        var (youth, age) = (await Base(folder, Young), await Base(folder, old));
        await using var aged = await BaseLedger.Open(Path.Combine(folder, $"{old}"), Limits.BatchChanges);
        var source = age.Source(seed: 4, isHot: false);
        var round = 0;
        // The young ledger would grow many times over in a round, so each round has its own copy. The old ledger grows by a few per cent.
        comparison.Add(Name(Young), async () =>
        {
            await using var young = await BaseLedger.Open(youth.Copy(temporary.Under($"young-{++round}")), Limits.BatchChanges);
            return await Measure(young, youth.Source(seed: 4, isHot: false), arguments.Seconds);
        });
        comparison.Add(Name(old), () => Measure(aged, source, arguments.Seconds));
        await comparison.Run(arguments.Rounds);
        var what = $"bookings per second with {old:n0} bookings on file over the same with {Young:n0}";
        FiguresPage.Show("age", arguments, [Figure.AtLeast(what, 0.8, comparison.Ratio(Name(old), Name(Young)), "0.00")], comparison);
        return 0;
    }

    private static string Name(int bookings) => $"{bookings:n0} bookings on file";

    private static async Task<BaseLedger> Base(string folder, int bookings)
    {
        var path = Path.Combine(folder, $"{bookings}");
        return Directory.Exists(path) ? BaseLedger.Found(path) : await BaseLedger.Make(path, bookings);
    }

    private static Task<Sample> Measure(SeatLedger ledger, BookingSource source, double seconds)
    {
        source.MakeAhead((int)(seconds * 30_000));
        Memory.Collect();
        return ClosedLoop.Run(512, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
    }
}
