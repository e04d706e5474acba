using System.Data;
using System.Data.Common;

namespace Scheduler.Ledger;

/// <summary>
/// One connection for reading, with its prepared statements. Only one thread uses a session. A session of a committer's connection reads inside the
/// transaction that is open there, and does not own the connection.
/// </summary>
internal sealed class ReadSession(DbConnection connection, bool ownsConnection = true) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbTransaction? _transaction;

    /// <summary>Whether the connection is usable.</summary>
    public bool IsOpen => connection.State == ConnectionState.Open;

    /// <summary>Runs several queries on one moment of the database.</summary>
    public T Snapshot<T>(Func<T> queries)
    {
        var level = connection is Npgsql.NpgsqlConnection ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable;
        using var transaction = connection.BeginTransaction(level);
        _transaction = transaction;
        try
        {
            return queries();
        }
        finally
        {
            _transaction = null;
        }
    }

    public List<T> Query<T>(string text, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var rows = new List<T>();
        Each(text, row => rows.Add(map(row)), parameters);
        return rows;
    }

    /// <summary>Calls <paramref name="take"/> for each row, and keeps no row.</summary>
    public void Each(string text, Action<DbDataReader> take, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Prepared(text, parameters);
        command.Transaction = _transaction;
        foreach (var (name, value) in parameters)
            command.Parameters[name].Value = value;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            take(reader);
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        if (ownsConnection)
            connection.Dispose();
    }

    private DbCommand Prepared(string text, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (_prepared.TryGetValue(text, out var known))
            return known;
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        _prepared.Add(text, command);
        return command;
    }
}
