using Microsoft.Data.Sqlite;

namespace Scheduler.Ledger.Tests;

/// <summary>The contract on a SQLite file.</summary>
public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;

    protected override LedgerSettings Settings => new() { DataDirectory = _folder };

    protected override async Task Spoil(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, SqliteFolder.FileName)};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
