using Scheduler.Domain;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>age</c>: whether a full ledger books as fast as a young one.</summary>
internal static class AgeVerb
{
    private const int Young = 10_000;

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        var old = arguments.Number("bookings", 1_000_000);
        using var temporary = new TemporaryFolder();
        // Filling takes longer than measuring: a folder that is named is kept, and filled once.
        var folder = arguments.Value("folder") ?? temporary.Path;
        if (arguments.Has("fill"))
        {
            foreach (var bookings in (int[])[Young, old])
                await BaseLedger.Make(Path.Combine(folder, $"{bookings}"), bookings);
            return 0;
        }

        var bout = new Bout("SQLite, 512 callers", arguments.Value("variant"));
        await using var young = await Rig(bout, folder, Young, arguments.Seconds);
        await using var aged = await Rig(bout, folder, old, arguments.Seconds);
        await bout.Run(arguments.Rounds);
        FiguresPage.Show("age", arguments, [Figure.AtLeast($"bookings per second with {old:n0} bookings on file over the same with {Young:n0}", 0.8, bout.Ratio(Name(old), Name(Young)), "0.00")], bout);
        return 0;
    }

    private static string Name(int bookings) => $"{bookings:n0} bookings on file";

    private static async Task<IAsyncDisposable> Rig(Bout bout, string folder, int bookings, double seconds)
    {
        var path = Path.Combine(folder, $"{bookings}");
        var start = Directory.Exists(path) ? BaseLedger.Found(path) : await BaseLedger.Make(path, bookings);
        var ledger = await BaseLedger.Open(path, Limits.BatchChanges);
        var source = start.Source(seed: 4, isHot: false);
        bout.Add(Name(bookings), async () =>
        {
            source.MakeAhead((int)(seconds * 30_000));
            Quiet.Memory();
            return await Crowd.Run(512, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
        });
        return ledger;
    }
}
