using System.Diagnostics;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>commit</c>: how much faster the group committer is on SQLite, and how much its guards cost.</summary>
internal static class CommitVerb
{
    private const int OnFile = 100_000;
    private const string Single = "one transaction per booking", Group128 = "group of 128", Group512 = "group of 512";
    private const string Blind128 = "blind inserts, 128", Blind512 = "blind inserts, 512";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        using var folder = new TemporaryFolder();
        var start = await BaseLedger.Make(folder.Under("base"), arguments.Number("bookings", OnFile));
        var comparisons = new List<Comparison>();
        foreach (var isHot in (bool[])[false, true])
        {
            if (arguments.Value("only") is { } only && only != (isHot ? "hot" : "spread"))
                continue;
            var comparison = new Comparison(isHot ? "SQLite, six hot slots" : "SQLite, spread over the season", arguments.Value("variant"));
            await using var variants = new Variants(start, folder, arguments.Seconds, isHot);
            if (!isHot)
                await variants.AddLedger(comparison, Single, batch: 1, callers: 64);
            await variants.AddLedger(comparison, Group128, batch: 128, callers: 512);
            variants.AddBlind(comparison, Blind128, batch: 128);
            await variants.AddLedger(comparison, Group512, batch: 512, callers: 2_048);
            variants.AddBlind(comparison, Blind512, batch: 512);
            await comparison.Run(arguments.Rounds);
            comparisons.Add(comparison);
        }

        FiguresPage.Show("commit", arguments, arguments.Has("variant") ? [] : comparisons.SelectMany(Figures), comparisons);
        return 0;
    }

    private static IEnumerable<Figure> Figures(Comparison comparison)
    {
        if (comparison.Variants.Any(variant => variant.Name == Single))
        {
            yield return Figure.AtLeast("SQLite FULL: group commit of 128 over one transaction per booking", 6, comparison.Ratio(Group128, Single));
            yield return Figure.AtLeast("SQLite FULL: group commit of 512 over one transaction per booking", 9, comparison.Ratio(Group512, Single));
            yield return Figure.AtLeast("SQLite: netted group over blind inserts, spread, 128", 0.7, comparison.Ratio(Group128, Blind128), "0.00");
            yield return Figure.AtLeast("SQLite: netted group over blind inserts, spread, 512", 0.7, comparison.Ratio(Group512, Blind512), "0.00");
        }
        else
        {
            yield return Figure.AtLeast("SQLite: netted group over blind inserts, six hot slots, 128", 0.9, comparison.Ratio(Group128, Blind128), "0.00");
            yield return Figure.AtLeast("SQLite: netted group over blind inserts, six hot slots, 512", 0.9, comparison.Ratio(Group512, Blind512), "0.00");
        }
    }

    /// <summary>The variants. Each has its own copy of the ledger, which it keeps from round to round.</summary>
    private sealed class Variants(BaseLedger start, TemporaryFolder folder, double seconds, bool isHot) : IAsyncDisposable
    {
        // More bookings than any variant takes in one round, so that no booking is made while a variant is measured.
        private readonly int _ahead = (int)(seconds * 40_000);
        private readonly List<IAsyncDisposable> _ledgers = [];
        private readonly List<IDisposable> _blind = [];

        public async Task AddLedger(Comparison comparison, string name, int batch, int callers)
        {
            var ledger = await BaseLedger.Open(Copy(name), batch);
            _ledgers.Add(ledger);
            var source = start.Source(seed: 2, isHot);
            comparison.Add(name, async () =>
            {
                source.MakeAhead(batch == 1 ? _ahead / 5 : _ahead);
                Memory.Collect();
                return await ClosedLoop.Run(callers, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
            });
        }

        public void AddBlind(Comparison comparison, string name, int batch)
        {
            var blind = new SqliteBlind(Copy(name));
            _blind.Add(blind);
            var source = start.Source(seed: 2, isHot);
            comparison.Add(name, () =>
            {
                source.MakeAhead(_ahead * 2);
                Memory.Collect();
                return Task.FromResult(Blind(blind, source, batch));
            });
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var ledger in _ledgers)
                await ledger.DisposeAsync();
            foreach (var blind in _blind)
                blind.Dispose();
        }

        private Sample Blind(SqliteBlind blind, BookingSource source, int batch)
        {
            var changes = new PreparedChange[batch];
            var started = Stopwatch.GetTimestamp();
            var written = 0;
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                for (var i = 0; i < batch; i++)
                    changes[i] = source.Take();
                blind.Write(changes);
                written += batch;
            }

            return new(written / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        private string Copy(string name) => start.Copy(folder.Under($"{name}{(isHot ? " hot" : "")}"));
    }
}
