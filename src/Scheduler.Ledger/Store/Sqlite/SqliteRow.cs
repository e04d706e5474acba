using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>The current row of a running statement.</summary>
internal sealed class SqliteRow(SqliteStatement owner, sqlite3_stmt statement) : IDisposable
{
    public bool Read() => owner.Step();

    public int GetInt32(int column) => raw.sqlite3_column_int(statement, column);

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose() => owner.Reset();
}
