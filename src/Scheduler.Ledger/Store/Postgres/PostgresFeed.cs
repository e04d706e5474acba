using Microsoft.Extensions.Logging;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>
/// Reads the changes that other processes have committed to a shared ledger: after a notification, and every 250 ms without one. Each committer's changes are
/// read in order and without a gap, since a committer writes one transaction after the other.
/// </summary>
internal sealed class PostgresFeed : IFeedSource, IDisposable
{
    private const int RowsAtOnce = 1_000;
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(1);
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly FeedPlaces _places;
    private readonly Positions _positions;
    private readonly ChangeFeed _feed;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _lock = new();
    private TaskCompletionSource _refresh = NewSource();
    private TaskCompletionSource _refreshWanted = NewSource();
    private bool _isRefreshWanted;
    private int _hasOwnChanges;
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

    public bool IsFresh => Age <= _freshFor;

    public TimeSpan Age => Volatile.Read(ref _wasRead) ? _time.GetElapsedTime(Volatile.Read(ref _readAt)) : TimeSpan.MaxValue;

    public void Start()
    {
        _running = Task.Run(ReadOn);
        _listening = Task.Run(Listen);
    }

    public Task Refresh()
    {
        lock (_lock)
        {
            if (!_isRefreshWanted)
            {
                _isRefreshWanted = true;
                _wake.Release();
                _refreshWanted.TrySetResult();
            }

            return _refresh.Task;
        }
    }

    /// <summary>
    /// Called after own changes were committed: notifies the other silos, at most once per reading, and outside the committer's transaction (a notification
    /// inside the transaction would make commits wait for each other).
    /// </summary>
    public void NotifyOthers()
    {
        if (Interlocked.Exchange(ref _hasOwnChanges, 1) == 0)
            _wake.Release();
    }

    public void Dispose()
    {
        _closing.Cancel();
        Task.WaitAll(_running, _listening);
        lock (_lock)
            _refresh.TrySetException(new LedgerUnreachableException("The ledger is closed.", null));
        _connection?.Dispose();
        _closing.Dispose();
        _wake.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadOn()
    {
        while (!_closing.IsCancellationRequested)
        {
            var refresh = TakeRefresh();
            try
            {
                Read();
                refresh?.TrySetResult();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // After any exception the feed must continue, and no caller may wait for ever. The feed reads again soon; until then it stops being fresh a
                // second after its last reading.
                _log.LogWarning(exception, "The changes of other silos could not be read");
                _connection?.Dispose();
                _connection = null;
                refresh?.TrySetException(new LedgerUnreachableException("The database cannot be reached.", exception));
            }

            await Wait();
        }
    }

    private TaskCompletionSource? TakeRefresh()
    {
        lock (_lock)
        {
            if (!_isRefreshWanted)
                return null;
            var refresh = _refresh;
            (_refresh, _isRefreshWanted, _refreshWanted) = (NewSource(), false, NewSource());
            return refresh;
        }
    }

    private async Task Wait()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_poll, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
            await _wake.WaitAsync(either.Token);
            Task wanted;
            lock (_lock)
                wanted = _refreshWanted.Task;
            // Many changes may arrive one after the other. The pause lets one reading take several batches. A caller of Refresh does not wait for the pause.
            if (!wanted.IsCompleted)
                await Task.WhenAny(wanted, Task.Delay(_pause, _time, _closing.Token));
        }
        catch (OperationCanceledException)
        {
            // It is time to poll, or the feed was closed.
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

        if (Interlocked.Exchange(ref _hasOwnChanges, 0) == 1)
        {
            using var notify = new NpgsqlCommand($"notify {Postgres.Channel}", _connection);
            notify.ExecuteNonQuery();
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
                connection.Notification += (_, _) =>
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
                // Polling continues without notifications.
                _log.LogDebug(exception, "Notifications of other silos cannot be received at present");
                await PauseListening();
            }
        }
    }

    private async Task PauseListening()
    {
        try
        {
            await Task.Delay(_freshFor, _time, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
