using System.Data;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>Checks a file that should be a ledger: its schema, its pages, and the sums of its rows.</summary>
internal static class CopyCheck
{
    private const string FirstScript = "0001_ledger.sql";

    /// <summary>Why the file is not a ledger of this version or of an older one; null when it is. Reads the table of the schema's scripts only.</summary>
    public static CopyFault? SchemaFault(string file) => Read(file, connection => Fault(Scripts(connection)));

    /// <summary>Why the copy cannot be trusted; null when every check passed. A copy with an older schema is checked as a copy that is brought up to
    /// date.</summary>
    public static CopyFault? Fault(string file, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        progress.Report(new(CopyStep.Check, 0));
        var isOlder = false;
        var fault = Read(file, connection =>
        {
            var scripts = Scripts(connection);
            isOlder = !Migrations.SqliteScripts.IsSubsetOf(scripts);
            return Fault(scripts) ?? (LedgerCopy.Run(connection, "pragma integrity_check(1)") is string and not "ok" and var why
                ? new CopyFault.Damaged((string)why)
                : null);
        });
        cancellation.ThrowIfCancellationRequested();
        progress.Report(new(CopyStep.Check, 0.5));
        fault ??= isOlder ? FaultOfOlder(file, progress, cancellation) : Sums(file);
        progress.Report(new(CopyStep.Check, 1));
        return fault;
    }

    public static CopyFacts Facts(string file)
    {
        using var connection = LedgerCopy.Open(file, SqliteOpenMode.ReadOnly);
        var bookings = (long)LedgerCopy.Run(connection, "select count(*) from bookings")!;
        var last = LedgerCopy.Run(connection, "select at from changes order by sequence desc limit 1");
        return new(new FileInfo(file).Length, bookings, last is long ticks ? RowText.Instant(ticks) : null);
    }

    private static CopyFault? FaultOfOlder(string file, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        using var newer = DraftFile.Make(file);
        LedgerCopy.Write(file, newer.Path, progress, cancellation);
        Migrations.Sqlite(new SqliteConnectionStringBuilder { DataSource = newer.Path, Pooling = false }.ToString(), NullLogger.Instance);
        return Sums(newer.Path);
    }

    private static CopyFault? Sums(string file) => Read(file, connection =>
    {
        var findings = LedgerCheck.RunNow(connection);
        return findings.IsEmpty ? null : new CopyFault.NotSound(findings);
    });

    private static HashSet<string> Scripts(SqliteConnection connection)
    {
        HashSet<string> scripts = [];
        if (LedgerCopy.Run(connection, "select 1 from sqlite_schema where type = 'table' and name = 'SchemaVersions'") is null)
            return scripts;
        using var command = connection.CreateCommand();
        command.CommandText = "select ScriptName from SchemaVersions";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            scripts.Add(reader.GetString(0));
        return scripts;
    }

    private static CopyFault? Fault(HashSet<string> scripts)
    {
        if (!scripts.Any(script => script.EndsWith(FirstScript, StringComparison.Ordinal) && Migrations.SqliteScripts.Contains(script)))
            return new CopyFault.NotALedger();
        return scripts.Except(Migrations.SqliteScripts).Order(StringComparer.Ordinal).FirstOrDefault() is { } newer
            ? new CopyFault.NewerSchema(newer.Split('.') is [.., var script, _] ? script : newer)
            : null;
    }

    private static CopyFault? Read(string file, Func<SqliteConnection, CopyFault?> read)
    {
        try
        {
            using var connection = LedgerCopy.Open(file, SqliteOpenMode.ReadOnly);
            return read(connection);
        }
        catch (SqliteException foreign) when (foreign.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            return new CopyFault.NotALedger();
        }
        catch (Exception damaged) when (damaged is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } or FormatException or JsonException
            or InvalidDataException or InvalidCastException)
        {
            return new CopyFault.Damaged(damaged.Message);
        }
    }
}
