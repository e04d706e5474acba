using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>The meaning of exceptions of PostgreSQL and its driver.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether a guard failed: a statement whose guard is not met divides by zero.</summary>
    public static bool IsGuardFailed(PostgresException exception) => exception.SqlState == PostgresErrorCodes.DivisionByZero;

    /// <summary>
    /// Whether a transaction ran on a backend that is not the committer's own. Then <see cref="PostgresGuards.AddSession"/> takes a root below 0, or the
    /// backend does not have the committer's prepared statements.
    /// </summary>
    public static bool IsSessionLost(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.InvalidArgumentForPowerFunction or PostgresErrorCodes.InvalidSqlStatementName
            or PostgresErrorCodes.DuplicatePreparedStatement,
    };

    /// <param name="exception">The exception that a transaction threw.</param>
    /// <param name="connection">The transaction's connection.</param>
    /// <param name="isUnderWay">Whether the transaction may have reached its commit.</param>
    public static StoreFailure Classify(Exception exception, NpgsqlConnection? connection, bool isUnderWay) => exception switch
    {
        _ when connection is not { State: ConnectionState.Open } => StoreFailure.ConnectionLost,
        // The server ended a statement because it took too long. The same statement would be ended again, but the statements of a single change are shorter.
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => StoreFailure.RolledBack,
        _ when IsSessionLost(exception) => StoreFailure.ConnectionLost,
        PostgresException { SqlState: ['5', '7', ..] } => StoreFailure.ConnectionLost,
        PostgresException { SqlState: ['0', '8', ..] } => StoreFailure.ConnectionLost,
        PostgresException { SqlState: ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] or PostgresErrorCodes.ReadOnlySqlTransaction } => StoreFailure.Refused,
        // The server answered with an error, so it rolled back the transaction.
        PostgresException => StoreFailure.RolledBack,
        NpgsqlException or TimeoutException or IOException or SocketException => StoreFailure.ConnectionLost,
        // An exception on the client's side: the server may have committed nevertheless.
        _ => isUnderWay ? StoreFailure.InDoubt : StoreFailure.RolledBack,
    };
}
