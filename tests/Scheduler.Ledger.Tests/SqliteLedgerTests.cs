namespace Scheduler.Ledger.Tests;

/// <summary>The contract on a SQLite file.</summary>
public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;

    protected override LedgerSettings Settings => new() { DataDirectory = _folder };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
