using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Two ledgers on one PostgreSQL database, as silos have them.</summary>
public abstract class TwoSilos(PostgresServer server) : IAsyncLifetime
{
    protected TestClock Clock { get; } = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    protected List<SeatLedger> Ledgers { get; } = [];

    protected PostgresServer Server { get; } = server;

    protected string Database { get; private set; } = "";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        Database = await Server.Database(PostgresLedgerTests.Prepare);
        Ledgers.Add(await Open());
        Ledgers.Add(await Open());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in Ledgers)
            await ledger.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task<SeatLedger> Open() =>
        SeatLedger.Open(new() { ConnectionString = Database }, Clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}
