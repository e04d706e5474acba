using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>
/// A prepared statement whose parameters <c>$1</c>, <c>$2</c>, … are set by number. The class calls SQLite directly. The driver's command looks up each
/// parameter by name and makes a reader for each run; with fifty values for each booking this takes the single writer more time than SQLite's own work.
/// </summary>
internal sealed partial class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly SqliteRow _row;

    public SqliteStatement(SqliteConnection connection, string text, int parameters)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, Numbered().Replace(text, "?$1"), raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        ArgumentOutOfRangeException.ThrowIfNotEqual(raw.sqlite3_bind_parameter_count(_statement), parameters);
        _row = new(this, _statement);
    }

    /// <summary>Runs the statement to its end. Returns the number of changed rows.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        while (Step())
        {
            // The rows are not needed.
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Starts the statement and returns its rows. Disposing the rows ends the run.</summary>
    public SqliteRow Read(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _row;
    }

    public void Dispose() => _statement.Dispose();

    /// <summary>Moves to the next row. After the last row, returns false and resets the statement for the next run.</summary>
    internal bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            var exception = Failure(code);
            Reset();
            throw exception;
        }

        Reset();
        return false;
    }

    // The result of a reset only repeats the result of the last step.
    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(_statement, i + 1),
                int number => raw.sqlite3_bind_int(_statement, i + 1, number),
                long number => raw.sqlite3_bind_int64(_statement, i + 1, number),
                string text => BindText(i + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(_statement, i + 1, bytes),
                var other => throw new ArgumentException($"A {other.GetType().Name} has no form in a column.", nameof(values)),
            });
        }
    }

    private int BindText(int index, string text)
    {
        // An empty span has no address, and SQLite would store null.
        if (text.Length == 0)
            return raw.sqlite3_bind_text(_statement, index, "");
        const int onStack = 512;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > onStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[onStack];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var code = raw.sqlite3_bind_text(_statement, index, bytes[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return code;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Failure(code);
    }

    private SqliteException Failure(int code) =>
        new($"SQLite Error {code & 0xff}: '{raw.sqlite3_errmsg(_database).utf8_to_string()}'.", code & 0xff, raw.sqlite3_extended_errcode(_database));

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Numbered();
}
