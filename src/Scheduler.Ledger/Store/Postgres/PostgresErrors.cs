using System.Data;
using System.Globalization;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>What this ledger asks of a connection, and what its errors mean.</summary>
internal static class Postgres
{
    /// <summary>Classes of our advisory locks: committers' numbers, and the catalogue and pools' capacities.</summary>
    public const int CommitterLocks = 0x5ea7;
    public const int RareLocks = 0x5ea8;

    /// <summary>Where committers call listeners awake.</summary>
    public const string Channel = "scheduler_ledger";

    public static string ConnectionString(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder(text)
        {
            ApplicationName = "scheduler-ledger",
            // Each committer and reader keeps one connection for as long as it lives: its statements stay prepared, its locks stay taken.
            Pooling = false,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // The server quotes whole rows in its details, and these messages go into logs.
            IncludeErrorDetail = false,
        };
        // An acknowledged booking is on disk, whatever the server's default says.
        builder.Options = string.Join(' ', new[] { builder.Options, "-c synchronous_commit=on" }.Where(option => option is not null));
        return builder.ToString();
    }

    public static bool IsGuardFailed(PostgresException exception) => exception.SqlState == PostgresErrorCodes.DivisionByZero;

    public static Trouble Judge(Exception exception, NpgsqlConnection? connection) => exception switch
    {
        _ when connection is not { State: ConnectionState.Open } => Trouble.Lost,
        // A statement that was ended for its time would be ended again: alone each is shorter.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => Trouble.Rolled,
        PostgresException { SqlState: ['5', '7', ..] } => Trouble.Lost,
        PostgresException { SqlState: ['0', '8', ..] } => Trouble.Lost,
        PostgresException { SqlState: ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] or PostgresErrorCodes.ReadOnlySqlTransaction } => Trouble.Refused,
        PostgresException => Trouble.Rolled,
        NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => Trouble.Lost,
        _ => Trouble.Rolled,
    };

    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

/// <summary>Collects the statements of one round trip; parameters are <c>$1</c>, <c>$2</c>, … of each.</summary>
internal sealed class RoundTrip(NpgsqlConnection connection, NpgsqlTransaction? transaction = null) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection, transaction);

    public int Count => _batch.BatchCommands.Count;

    public RoundTrip Add(string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        _batch.BatchCommands.Add(command);
        return this;
    }

    public NpgsqlDataReader Read() => _batch.ExecuteReader();

    public void Execute() => _batch.ExecuteNonQuery();

    public void Dispose() => _batch.Dispose();
}

/// <summary>
/// One order for all changes of a shared ledger: positions follow the clocks of decisions where these agree, never fall back where they do not, and differ between committers.
/// </summary>
internal sealed class Positions
{
    private readonly Lock _gate = new();
    private long _last;

    /// <summary>Hears of a position that stands in the ledger: later ones will be higher.</summary>
    public void Observe(long position)
    {
        lock (_gate)
            _last = Math.Max(_last, position >> 6);
    }

    public long Next(long ticks, int committer)
    {
        lock (_gate)
        {
            _last = Math.Max(_last + 1, ticks);
            return (_last << 6) | (uint)(committer & 63);
        }
    }
}
