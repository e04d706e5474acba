using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>http</c>: the real Api in its own process, with the load from another process, compared with the committer alone and with peers on EF Core.
/// </summary>
internal static class HttpVerb
{
    private const int OnFile = 50_000, HotSlots = 6;
    private const string Booked64 = "booking accepted, 64 connections", Booked256 = "booking accepted, 256 connections";
    private const string Committer = "committer alone, 256 tasks";
    private const string Peer = "peer: EF Core, one transaction per request, SQLite, 64 connections";
    private const string Refused = "refused, slot full, with alternatives, 64 connections";
    private const string Week = "a week's availability, 64 connections", Me = "GET /me, 64 connections";
    private const string Hot256 = "booking accepted, six hot slots, 256 connections";
    private const string HotPeer = "peer: EF Core, SELECT … FOR UPDATE, six hot slots, 64 connections";

    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        using var folder = new TemporaryFolder();
        await using var load = ChildProcess.Load();
        var comparisons = new List<Comparison>();
        var figures = new List<Figure>();
        if (!arguments.Has("postgres-only"))
            await Sqlite(arguments, folder, load, comparisons, figures);
        if (!arguments.Has("sqlite-only"))
            await Postgres(arguments, folder, load, comparisons, figures);
        FiguresPage.Show("http", arguments, figures, comparisons);
        return 0;
    }

    private static async Task Sqlite(Arguments arguments, TemporaryFolder folder, ChildProcess load, List<Comparison> comparisons, List<Figure> figures)
    {
        var start = await BaseLedger.Make(folder.Under("base"), arguments.Number("bookings", OnFile));
        var seconds = arguments.Seconds;
        await using var api = await BenchApi.Start(start.Copy(folder.Under("api")), null);
        await using var peer = await EfServer("sqlite", Path.Combine(start.Copy(folder.Under("peer")), SqliteFolder.FileName));
        await using var ledger = await BaseLedger.Open(start.Copy(folder.Under("alone")), Limits.BatchChanges);
        BaseLedger.Flush(folder.Under("api"));
        var source = start.Source(seed: 3, isHot: false);
        var comparison = new Comparison("HTTP on SQLite", arguments.Value("variant"));
        var book = new LoadOrder { Port = api.Port, Keys = api.Keys, Connections = 64, Seconds = seconds };
        comparison.Add(Booked256, () => LoadVerb.Measure(load, api.Process, book with { Connections = 256 }));
        comparison.Add(Committer, async () =>
        {
            source.MakeAhead((int)(seconds * 30_000));
            Memory.Collect();
            return await ClosedLoop.Run(256, seconds, async _ => BenchSeason.Must(await source.Commit(ledger)));
        });
        comparison.Add(Booked64, () => LoadVerb.Measure(load, api.Process, book));
        var full = book with { Pool = BenchApi.FullPool, FirstHour = BenchApi.FullFirst, Hours = BenchApi.FullHours, LeastSeats = 2, Expect = 409 };
        comparison.Add(Refused, () => LoadVerb.Measure(load, api.Process, full));
        comparison.Add(Peer, () => LoadVerb.Measure(load, peer, book with { Port = peer.Port, Keys = PeerKeys(folder) }));
        comparison.Add(Week, () => LoadVerb.Measure(load, api.Process, book with { Path = WeekPath(), Expect = 200 }));
        comparison.Add(Me, () => LoadVerb.Measure(load, api.Process, book with { Path = "/api/v1/me", Expect = 200 }));
        // The code of a server that has just started is still being compiled. So each server gets load before the first round.
        await LoadVerb.Measure(load, api.Process, book with { Seconds = arguments.Number("warm", 15) });
        await LoadVerb.Measure(load, peer, book with { Port = peer.Port, Keys = PeerKeys(folder), Seconds = arguments.Number("warm", 15) });
        await comparison.Run(arguments.Rounds);
        comparisons.Add(comparison);
        if (arguments.Has("variant"))
            return;
        figures.Add(Figure.AtLeast("HTTP: accepted bookings over the committer alone, 256 connections", 0.65, comparison.Ratio(Booked256, Committer), "0.00"));
        var overPeer = "HTTP: accepted (256 connections) over a peer with one transaction per request on EF Core (64), SQLite";
        figures.Add(Figure.AtLeast(overPeer, 8, comparison.Ratio(Booked256, Peer)));
        figures.Add(Figure.AtLeast("the same, both at 64 connections", 8, comparison.Ratio(Booked64, Peer)));
        figures.Add(Figure.AtLeast("HTTP: full-slot refusals over accepted, 64 connections", 4, comparison.Ratio(Refused, Booked64)));
        figures.Add(Figure.AtLeast("HTTP: a week's availability over an empty authenticated endpoint", 0.7, comparison.Ratio(Week, Me), "0.00"));
        figures.Add(Figure.AtMost("bytes a slot in memory, by the heap", 16, await BytesPerSlot(ledger), "0.0"));
        figures.Add(Figure.AtMost("p99 of accepted bookings over p50, 64 connections", 6, comparison.P99OverP50(Booked64)));
    }

    private static async Task Postgres(Arguments arguments, TemporaryFolder folder, ChildProcess load, List<Comparison> comparisons, List<Figure> figures)
    {
        await using var cluster = await PostgresCluster.Start();
        var start = await PostgresBase.Make(cluster, arguments.Number("bookings", OnFile) / 5);
        await using var api = await BenchApi.Start(folder.Under("api-pg"), await start.Copy());
        await using var peer = await EfServer("postgres", await start.Copy() + ";Maximum Pool Size=30");
        var comparison = new Comparison("HTTP on PostgreSQL", arguments.Value("variant"));
        var round = 0;
        var hot = new LoadOrder { Port = api.Port, Keys = api.Keys, Connections = 256, Seconds = arguments.Seconds, Pool = 0, Hours = HotSlots - 1 };
        comparison.Add(Hot256, () => LoadVerb.Measure(load, api.Process, hot with { FirstHour = 10 * ++round }));
        comparison.Add(HotPeer, () => LoadVerb.Measure(load, peer, hot with { Port = peer.Port, Keys = PeerKeys(folder), Connections = 64 }));
        await LoadVerb.Measure(load, api.Process, hot with { Pool = null, Hours = BenchSeason.Hours - 1, Seconds = arguments.Number("warm", 15) });
        await LoadVerb.Measure(load, peer, hot with { Port = peer.Port, Keys = PeerKeys(folder), Connections = 64, Seconds = arguments.Number("warm", 15) });
        await comparison.Run(arguments.Rounds);
        comparisons.Add(comparison);
        if (arguments.Has("variant"))
            return;
        var overPeer = "HTTP: accepted (256 connections) over a peer with one transaction per request on EF Core (64), PostgreSQL, six hot slots";
        figures.Add(Figure.AtLeast(overPeer, 15, comparison.Ratio(Hot256, HotPeer)));
    }

    private static async Task<ChildProcess> EfServer(string provider, string database)
    {
        var server = ChildProcess.Server(ChildProcess.OwnProgram, port => ["peer", "--provider", provider, "--database", database, "--port", $"{port}"]);
        await server.Ready("/ready");
        return server;
    }

    private static string PeerKeys(TemporaryFolder folder)
    {
        var path = folder.Under("peer-keys.txt");
        var institutions = Enumerable.Range(0, BenchSeason.Institutions).Select(number => BenchSeason.Institution(number).Text);
        File.WriteAllLines(path, institutions.Select(id => $"{id} {EfPeer.Token(id)}"));
        return path;
    }

    private static string WeekPath()
    {
        var from = BenchSeason.FirstMinutes + (60 * 24 * 20);
        return $"/api/v1/availability?pool=office-03&from={SlotMinutes.ToInstant(from)}&to={SlotMinutes.ToInstant(from + (60 * 24 * 7))}";
    }

    /// <summary>The bytes that a picture of the whole season adds to the heap, for each slot.</summary>
    private static async Task<Spread> BytesPerSlot(SeatLedger ledger)
    {
        var slots = (await ledger.Read.AllSlots(CancellationToken.None)).ToArray();
        Memory.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var picture = new SeasonPicture(versioned: false);
        picture.Apply(slots);
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / slots.Length;
        GC.KeepAlive(picture);
        GC.KeepAlive(slots);
        return new(bytes, picture.BytesPerSlot, bytes);
    }
}
