using System.Collections.Immutable;
using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads what other committers of a shared ledger have committed: woken by their calls, and a few times a second anyhow. Each committer's changes are read in its own order, without
/// a gap, since it writes them one transaction after the other.
/// </summary>
internal sealed class PostgresFeed : IFeedSource, IDisposable
{
    private const int RowsAtOnce = 1_000;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(1);
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly FeedPlaces _places;
    private readonly Positions _positions;
    private readonly ChangeFeed _feed;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _gate = new();
    private TaskCompletionSource _asked = NewAsked();
    private TaskCompletionSource _hurry = NewAsked();
    private bool _isAsked;
    private int _hasOwnNews;
    private long _readAt;
    private bool _wasRead;
    private NpgsqlConnection? _connection;
    private Task _running = Task.CompletedTask;
    private Task _listening = Task.CompletedTask;

    public PostgresFeed(string connectionString, TimeProvider time, FeedPlaces places, Positions positions, ChangeFeed feed, ILogger log)
    {
        _connectionString = connectionString;
        _time = time;
        _places = places;
        _positions = positions;
        _feed = feed;
        _log = log;
    }

    public bool IsFresh => Volatile.Read(ref _wasRead) && _time.GetElapsedTime(Volatile.Read(ref _readAt)) <= _fresh;

    public void Start()
    {
        _running = Task.Run(ReadOn);
        _listening = Task.Run(Listen);
    }

    public Task Refresh()
    {
        lock (_gate)
        {
            if (!_isAsked)
            {
                _isAsked = true;
                _wake.Release();
                _hurry.TrySetResult();
            }

            return _asked.Task;
        }
    }

    /// <summary>Own changes were committed: others are called, at most once per reading, and outside the committer's transaction (a notice inside it would make commits queue up).</summary>
    public void OwnNews()
    {
        if (Interlocked.Exchange(ref _hasOwnNews, 1) == 0)
            _wake.Release();
    }

    public void Dispose()
    {
        _closing.Cancel();
        Task.WaitAll(_running, _listening);
        lock (_gate)
            _asked.TrySetException(new LedgerUnreachableException("The ledger is closed.", null));
        _connection?.Dispose();
        _closing.Dispose();
        _wake.Dispose();
    }

    /// <summary>All slots at one moment, and how far each committer was at it.</summary>
    public static ImmutableArray<SlotSeats> ReadAll(NpgsqlConnection connection, FeedPlaces places, Positions positions)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using (var heads = new NpgsqlCommand(
            """
            select k.id, c.sequence, c.position from committers k
            cross join lateral (select sequence, position from changes where committer = k.id order by sequence desc limit 1) c
            """,
            connection, transaction))
        {
            using var reader = heads.ExecuteReader();
            while (reader.Read())
            {
                places.Advance(reader.GetInt32(0), reader.GetInt64(1));
                positions.Observe(reader.GetInt64(2));
            }
        }

        using var slots = new NpgsqlCommand("select pool, minutes, capacity, booked + held, version from slots order by pool, minutes", connection, transaction);
        return PostgresSlots.All(slots);
    }

    private static TaskCompletionSource NewAsked() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadOn()
    {
        while (!_closing.IsCancellationRequested)
        {
            var asked = TakeAsked();
            try
            {
                Read();
                asked?.TrySetResult();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whatever it was, the feed must not end, and nobody may wait for it for ever. Not fresh from now on, and tried again: whoever needs to know asks IsFresh, or hears it here.
                _log.LogWarning(exception, "The changes of other silos could not be read");
                _connection?.Dispose();
                _connection = null;
                asked?.TrySetException(new LedgerUnreachableException("The database cannot be reached.", exception));
            }

            await Wait();
        }
    }

    private TaskCompletionSource? TakeAsked()
    {
        lock (_gate)
        {
            if (!_isAsked)
                return null;
            var asked = _asked;
            (_asked, _isAsked, _hurry) = (NewAsked(), false, NewAsked());
            return asked;
        }
    }

    private async Task Wait()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_poll, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
            await _wake.WaitAsync(either.Token);
            Task hurry;
            lock (_gate)
                hurry = _hurry.Task;
            // News may come in a stream, and is read a batch at a time; but somebody who waits for a reading waits for no rest.
            if (!hurry.IsCompleted)
                await Task.WhenAny(hurry, Task.Delay(_rest, _time, _closing.Token));
        }
        catch (OperationCanceledException)
        {
            // The poll's time has come, or the end.
            return;
        }
    }

    private void Read()
    {
        if (_connection is null)
        {
            _connection = new(_connectionString);
            _connection.Open();
        }

        if (Interlocked.Exchange(ref _hasOwnNews, 0) == 1)
        {
            using var call = new NpgsqlCommand($"notify {Postgres.Channel}", _connection);
            call.ExecuteNonQuery();
        }

        bool isMore;
        do
        {
            var from = _time.GetTimestamp();
            isMore = ReadSome(_connection);
            if (!isMore)
            {
                Volatile.Write(ref _readAt, from);
                Volatile.Write(ref _wasRead, true);
            }
        }
        while (isMore);
    }

    private bool ReadSome(NpgsqlConnection connection)
    {
        var (committers, last, until) = _places.Now();
        var rows = FeedRows.Read(connection, committers, last, until, RowsAtOnce);
        if (rows.Count == 0)
            return false;
        var (slots, changes) = FeedRows.Complete(connection, rows);
        _feed.Publish(slots, changes);
        foreach (var row in rows)
        {
            _places.Advance(row.Committer, row.Sequence);
            _positions.Observe(row.Position);
        }

        return rows.GroupBy(row => row.Committer).Any(group => group.Count() == RowsAtOnce);
    }

    private async Task Listen()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync(_closing.Token);
                connection.Notification += (_, call) =>
                {
                    if (_wake.CurrentCount == 0)
                        _wake.Release();
                };
                await using (var listen = new NpgsqlCommand($"listen {Postgres.Channel}", connection))
                    await listen.ExecuteNonQueryAsync(_closing.Token);
                while (true)
                    await connection.WaitAsync(_closing.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Polling goes on without it.
                _log.LogDebug(exception, "The calls of other silos are not heard for the moment");
                await PauseListening();
            }
        }
    }

    private async Task PauseListening()
    {
        try
        {
            await Task.Delay(_fresh, _time, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
