using System.Diagnostics;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>postgres</c>: the group committer on PostgreSQL against one transaction per booking, and against blind inserts.</summary>
internal static class PostgresVerb
{
    private const int OnFile = 50_000, Batch = 128;
    private const string One = "group of 128, 1 committer", Two = "group of 128, 2 committers", Four = "group of 128, 4 committers";
    private const string Peer = "SELECT … FOR UPDATE, 16 connections";
    private const string Blind = "blind unnest of 128, 1 connection", Blind2 = "blind unnest of 128, 2 connections";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        await using var cluster = await PostgresCluster.Start();
        var start = await PostgresBase.Make(cluster, arguments.Number("bookings", OnFile));
        var figures = new List<Figure>();
        var comparisons = new List<Comparison>();
        foreach (var isHot in (bool[])[false, true])
        {
            var where = isHot ? "six hot slots" : "spread";
            var comparison = new Comparison($"PostgreSQL, {where}", arguments.Value("variant"));
            await using var variants = new Variants(start, arguments.Seconds, isHot);
            await variants.AddPeer(comparison);
            foreach (var (name, committers) in ((string, int)[])[(One, 1), (Two, 2), (Four, 4)])
                await variants.AddLedger(comparison, name, committers);
            await variants.AddBlind(comparison, Blind, 1);
            await variants.AddBlind(comparison, Blind2, 2);
            await comparison.Run(arguments.Rounds);
            comparisons.Add(comparison);
            if (arguments.Has("variant"))
                continue;
            var (overPeer, overBlind) = isHot ? (16, 0.65) : (8, 0.6);
            var what = $"PostgreSQL, {where}: group of 128 (2 committers, as set) over a SELECT … FOR UPDATE peer on 16 connections";
            figures.Add(Figure.AtLeast(what, overPeer, comparison.Ratio(Two, Peer)));
            figures.Add(Figure.AtLeast("the same, 1 committer", overPeer, comparison.Ratio(One, Peer)));
            what = $"PostgreSQL, {where}: group over blind inserts by unnest, 1 committer, 1 connection";
            figures.Add(Figure.AtLeast(what, overBlind, comparison.Ratio(One, Blind), "0.00"));
            figures.Add(Figure.AtLeast("the same, 2 committers, 2 connections", overBlind, comparison.Ratio(Two, Blind2), "0.00"));
        }

        var deadlocks = await cluster.Number("select sum(deadlocks)::bigint from pg_stat_database");
        figures.Add(Figure.AtMost("PostgreSQL: deadlocks in all variants, with 4 committers on six hot slots", 0, new(deadlocks, deadlocks, deadlocks), "0"));
        FiguresPage.Show("postgres", arguments, figures, comparisons);
        return 0;
    }

    /// <summary>The variants. Each has its own copy of the database, which it keeps from round to round.</summary>
    private sealed class Variants(PostgresBase start, double seconds, bool isHot) : IAsyncDisposable
    {
        private readonly int _ahead = (int)(seconds * 30_000);
        private readonly List<IAsyncDisposable> _held = [];

        public async Task AddLedger(Comparison comparison, string name, int committers)
        {
            var ledger = await PostgresBase.Open(await start.Copy(), Batch, committers);
            _held.Add(ledger);
            var source = start.Source(seed: 2, isHot);
            comparison.Add(name, async () =>
            {
                source.MakeAhead(_ahead);
                Memory.Collect();
                return await ClosedLoop.Run(512 * committers, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
            });
        }

        public async Task AddPeer(Comparison comparison)
        {
            var peer = new ForUpdatePeer(await start.Copy());
            _held.Add(peer);
            var source = start.Source(seed: 2, isHot);
            comparison.Add(Peer, async () =>
            {
                source.MakeAhead(_ahead / 5);
                Memory.Collect();
                return await ClosedLoop.Run(16, seconds, _ => peer.Book(source.TakeLocked()));
            });
        }

        public async Task AddBlind(Comparison comparison, string name, int connections)
        {
            var database = await start.Copy();
            var peers = new List<BlindUnnest>();
            for (var i = 0; i < connections; i++)
            {
                peers.Add(await BlindUnnest.Open(database, number: i, of: connections));
                _held.Add(peers[^1]);
            }

            var source = start.Source(seed: 2, isHot);
            comparison.Add(name, async () =>
            {
                source.MakeAhead(_ahead * 2);
                Memory.Collect();
                var started = Stopwatch.GetTimestamp();
                var written = await Task.WhenAll(peers.Select(peer => Task.Run(() => Write(peer, source, started))));
                return new(written.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds);
            });
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var held in _held)
                await held.DisposeAsync();
        }

        private async Task<int> Write(BlindUnnest peer, BookingSource source, long started)
        {
            var changes = new PreparedChange[Batch];
            var written = 0;
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                for (var i = 0; i < Batch; i++)
                    changes[i] = source.TakeLocked();
                await peer.Write(changes);
                written += Batch;
            }

            return written;
        }
    }
}
