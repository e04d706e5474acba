using Npgsql;

namespace Scheduler.Ledger;

/// <summary>
/// Checks that a new connection keeps its session, and that a commit waits for the disk. A pooler in transaction or statement mode gives each transaction some
/// backend. Then the advisory lock of a committer's number protects nothing, and the setting <c>synchronous_commit</c> of the session does not reach the
/// commits.
/// </summary>
internal static class SessionCheck
{
    // A pooler in statement mode answers the begin of a transaction with a violation of the protocol. The others say that a statement was prepared on a
    // backend, and the next query had another backend.
    private static readonly string[] _ofPoolers =
        [PostgresErrorCodes.ProtocolViolation, PostgresErrorCodes.InvalidSqlStatementName, PostgresErrorCodes.DuplicatePreparedStatement];

    /// <summary>Sets the session's <c>synchronous_commit</c>, checks the session, and returns the process id of its backend.</summary>
    /// <param name="connection">The connection that will commit.</param>
    /// <param name="connectionString">The string of the same connection; the check opens a second connection for a moment.</param>
    /// <exception cref="LedgerUnsafeException">The session is not kept, or a commit does not wait for the disk.</exception>
    public static int Run(NpgsqlConnection connection, string connectionString)
    {
        try
        {
            using (var set = new NpgsqlCommand("set synchronous_commit = on", connection))
                set.ExecuteNonQuery();
            var backend = CheckBackend(connection, connectionString);
            CheckSettings(connection);
            return backend;
        }
        catch (PostgresException refused) when (_ofPoolers.Contains(refused.SqlState))
        {
            throw new LedgerUnsafeException(UnsafeReason.SessionNotKept, refused.MessageText, refused);
        }
    }

    /// <summary>Checks that a commit on this connection waits until the server has the change on disk.</summary>
    internal static void CheckSettings(NpgsqlConnection connection)
    {
        // The values remote_write and local also wait for the server's own disk; but the session has set another value.
        if (Setting(connection, "synchronous_commit") is var commit && commit is not ("on" or "remote_apply"))
            throw new LedgerUnsafeException(UnsafeReason.CommitNotSynchronous, $"synchronous_commit is {commit}");
        if (Setting(connection, "fsync") != "on")
            throw new LedgerUnsafeException(UnsafeReason.FsyncOff, "fsync is off");
    }

    public static string Setting(NpgsqlConnection connection, string name)
    {
        using var command = new NpgsqlCommand("select current_setting($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        return (string)command.ExecuteScalar()!;
    }

    private static int CheckBackend(NpgsqlConnection connection, string connectionString)
    {
        var backend = Backend(connection);
        Compare(backend, Backend(connection));
        using var other = new NpgsqlConnection(connectionString);
        other.Open();
        using var transaction = other.BeginTransaction();
        // A pooler in transaction mode lends the backend that became free last, or the backend that has been free longest. In the first case the second
        // connection now has our backend. In the second case our own two queries had different backends, unless only one backend was free.
        if (Backend(other) == backend)
            throw Lost($"two connections have backend {backend}");
        Compare(backend, Backend(connection));
        CheckLock(connection, other, backend);
        return backend;
    }

    private static void CheckLock(NpgsqlConnection connection, NpgsqlConnection other, int backend)
    {
        using var take = Advisory(connection, "pg_try_advisory_lock", backend);
        var isTaken = take.ExecuteScalar() is true;
        var holder = CommitterLock.Holder(other, Postgres.SessionLocks, backend);
        using var release = Advisory(connection, "pg_advisory_unlock", backend);
        if (release.ExecuteScalar() is not true || !isTaken || holder != backend)
            throw Lost($"backend {backend} did not keep an advisory lock");
    }

    private static NpgsqlCommand Advisory(NpgsqlConnection connection, string function, int key)
    {
        var command = new NpgsqlCommand($"select {function}($1, $2)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Postgres.SessionLocks });
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        return command;
    }

    private static int Backend(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static void Compare(int first, int later)
    {
        if (later != first)
            throw Lost($"the backend of one connection was {first}, then {later}");
    }

    private static LedgerUnsafeException Lost(string found) => new(UnsafeReason.SessionNotKept, found);
}
