using Npgsql;

namespace Scheduler.Ledger;

/// <summary>
/// Takes a committer's number by an advisory lock. PostgreSQL holds the lock as long as the backend of the connection runs. So a process that gets the lock
/// knows that the backend with the lock before has ended.
/// </summary>
internal static class CommitterLock
{
    /// <summary>
    /// Takes the number of the connection before, when no other process has that number; else the lowest free number. Throws when the backend of the connection
    /// before still has the number; that backend is then ended.
    /// </summary>
    /// <param name="connection">The connection that takes the lock.</param>
    /// <param name="last">The number and backend of the connection before; null for the first.</param>
    public static int Take(NpgsqlConnection connection, (int Number, int Backend)? last)
    {
        if (last is { } had)
        {
            if (TryLock(connection, had.Number))
                return had.Number;
            if (Holder(connection, Postgres.CommitterLocks, had.Number) == had.Backend)
            {
                using var end = new NpgsqlCommand("select pg_terminate_backend($1)", connection);
                end.Parameters.Add(new NpgsqlParameter { Value = had.Backend });
                end.ExecuteNonQuery();
                throw new NpgsqlException("The backend of the lost connection still runs; it was told to end.");
            }
        }

        for (var number = 1; ; number++)
        {
            if (TryLock(connection, number))
                return number;
        }
    }

    /// <summary>The backend that holds an advisory lock of this database; null when no backend holds it.</summary>
    public static int? Holder(NpgsqlConnection connection, int lockClass, int number)
    {
        using var command = new NpgsqlCommand(
            """
            select pid from pg_locks where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2 and objsubid = 2 and granted
                and database = (select oid from pg_database where datname = current_database())
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (long)lockClass });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)number });
        return command.ExecuteScalar() as int?;
    }

    private static bool TryLock(NpgsqlConnection connection, int number)
    {
        using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Postgres.CommitterLocks });
        command.Parameters.Add(new NpgsqlParameter { Value = number });
        return (bool)command.ExecuteScalar()!;
    }
}
