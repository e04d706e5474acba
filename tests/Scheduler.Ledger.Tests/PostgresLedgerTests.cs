using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>The contract on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresLedgerTests(PostgresServer server) : LedgerContract
{
    private string _database = "";

    protected override LedgerSettings Settings => new() { ConnectionString = _database };

    protected override async Task Spoil(string text)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        _database = await server.Database(Prepare);
        await base.InitializeAsync();
    }

    internal static async Task Prepare(string template)
    {
        var ledger = await SeatLedger.Open(new() { ConnectionString = template }, new TestClock(Making.Start), NullLoggerFactory.Instance,
            CancellationToken.None);
        await ledger.DisposeAsync();
    }
}
