using System.Diagnostics;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>postgres</c>: the group committer on PostgreSQL against one transaction per booking, and against blind inserts.</summary>
internal static class PostgresVerb
{
    private const int OnFile = 50_000, Batch = 128;
    private const string One = "group of 128, 1 committer", Two = "group of 128, 2 committers", Four = "group of 128, 4 committers";
    private const string Peer = "SELECT … FOR UPDATE, 16 connections", Blind = "blind unnest of 128, 1 connection", Blind2 = "blind unnest of 128, 2 connections";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        await using var cluster = await PostgresCluster.Start();
        var start = await PostgresBase.Make(cluster, arguments.Number("bookings", OnFile));
        var figures = new List<Figure>();
        var bouts = new List<Bout>();
        foreach (var isHot in (bool[])[false, true])
        {
            var where = isHot ? "six hot slots" : "spread";
            var bout = new Bout($"PostgreSQL, {where}", arguments.Value("variant"));
            await using var rigs = new Rigs(start, arguments.Seconds, isHot);
            await rigs.AddPeer(bout);
            foreach (var (name, committers) in ((string, int)[])[(One, 1), (Two, 2), (Four, 4)])
                await rigs.AddLedger(bout, name, committers);
            await rigs.AddBlind(bout, Blind, 1);
            await rigs.AddBlind(bout, Blind2, 2);
            await bout.Run(arguments.Rounds);
            bouts.Add(bout);
            if (arguments.Has("variant"))
                continue;
            figures.Add(Figure.AtLeast($"PostgreSQL, {where}: group of 128 (2 committers, as set) over a SELECT … FOR UPDATE peer on 16 connections", isHot ? 16 : 8, bout.Ratio(Two, Peer)));
            figures.Add(Figure.AtLeast($"the same, 1 committer", isHot ? 16 : 8, bout.Ratio(One, Peer)));
            figures.Add(Figure.AtLeast($"PostgreSQL, {where}: group over blind inserts by unnest, 1 committer, 1 connection", isHot ? 0.65 : 0.6, bout.Ratio(One, Blind), "0.00"));
            figures.Add(Figure.AtLeast($"the same, 2 committers, 2 connections", isHot ? 0.65 : 0.6, bout.Ratio(Two, Blind2), "0.00"));
        }

        var deadlocks = await cluster.Number("select sum(deadlocks)::bigint from pg_stat_database");
        figures.Add(Figure.AtMost("PostgreSQL: deadlocks in all of this, 4 committers on six hot slots among it", 0, new(deadlocks, deadlocks, deadlocks), "0"));
        FiguresPage.Show("postgres", arguments, figures, bouts);
        return 0;
    }

    /// <summary>Each variant with its own copy of the database, kept from round to round.</summary>
    private sealed class Rigs(PostgresBase start, double seconds, bool isHot) : IAsyncDisposable
    {
        private readonly int _ahead = (int)(seconds * 30_000);
        private readonly List<IAsyncDisposable> _held = [];

        public async Task AddLedger(Bout bout, string name, int committers)
        {
            var ledger = await PostgresBase.Open(await start.Copy(), Batch, committers);
            _held.Add(ledger);
            var source = start.Source(seed: 2, isHot);
            bout.Add(name, async () =>
            {
                source.MakeAhead(_ahead);
                Quiet.Memory();
                return await Crowd.Run(512 * committers, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
            });
        }

        public async Task AddPeer(Bout bout)
        {
            var peer = new ForUpdatePeer(await start.Copy());
            _held.Add(peer);
            var source = start.Source(seed: 2, isHot);
            bout.Add(Peer, async () =>
            {
                source.MakeAhead(_ahead / 5);
                Quiet.Memory();
                return await Crowd.Run(16, seconds, _ => peer.Book(source.TakeAlone()));
            });
        }

        public async Task AddBlind(Bout bout, string name, int connections)
        {
            var database = await start.Copy();
            var peers = new List<BlindUnnest>();
            for (var i = 0; i < connections; i++)
            {
                peers.Add(await BlindUnnest.Open(database, number: i, of: connections));
                _held.Add(peers[^1]);
            }

            var source = start.Source(seed: 2, isHot);
            bout.Add(name, async () =>
            {
                source.MakeAhead(_ahead * 2);
                Quiet.Memory();
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
            var changes = new Change[Batch];
            var written = 0;
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                for (var i = 0; i < Batch; i++)
                    changes[i] = source.TakeAlone();
                await peer.Write(changes);
                written += Batch;
            }

            return written;
        }
    }
}
