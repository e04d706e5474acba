using Npgsql;

namespace Scheduler.Ledger;

/// <summary>Collects the statements of one round trip. Each statement has its own parameters <c>$1</c>, <c>$2</c>, ….</summary>
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
