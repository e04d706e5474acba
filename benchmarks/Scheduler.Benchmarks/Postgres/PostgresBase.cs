using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>A PostgreSQL ledger with the season and some bookings. Every variant gets its own copy.</summary>
internal sealed class PostgresBase
{
    private const string Name = "base";
    private readonly PostgresCluster _cluster;
    private readonly PackId[] _packs;
    private readonly long[] _versions;
    private int _copies;

    private PostgresBase(PostgresCluster cluster, PackId[] packs, long[] versions)
    {
        _cluster = cluster;
        _packs = packs;
        _versions = versions;
    }

    public static async Task<PostgresBase> Make(PostgresCluster cluster, int bookings)
    {
        await using var ledger = await Open(await cluster.Database(Name), batch: 512, committers: 1);
        var packs = await BenchSeason.Write(ledger);
        var source = new BookingSource(packs, [.. Enumerable.Repeat(1L, BenchSeason.Institutions)], seed: 1, isHot: false);
        await BaseLedger.Fill(ledger, source, bookings);
        return new(cluster, packs, [.. source.Versions]);
    }

    public static Task<SeatLedger> Open(string connection, int batch, int committers)
    {
        var settings = new LedgerSettings { ConnectionString = connection, BatchChanges = batch, Committers = committers };
        return SeatLedger.Open(settings, MachineClock.Instance, NullLoggerFactory.Instance, CancellationToken.None);
    }

    public Task<string> Copy() => _cluster.Database($"copy_{++_copies}", Name);

    public BookingSource Source(int seed, bool isHot) => new(_packs, [.. _versions], seed, isHot);
}
