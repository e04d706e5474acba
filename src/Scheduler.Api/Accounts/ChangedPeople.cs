using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The accounts and invitations that another process has changed and that this process has not read yet. Each is read until the reading succeeds or the process
/// stops: a person who was removed elsewhere must not stay signed in here.
/// </summary>
/// <param name="read">Reads one changed row into the copy.</param>
/// <param name="time">The pauses between failed readings.</param>
/// <param name="log">Gets each failed reading.</param>
internal sealed class ChangedPeople(Func<ChangedPeople.Row, CancellationToken, Task> read, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<Row, int> _rows = [];
    private bool _isReading;

    /// <summary>A row that another process has changed.</summary>
    internal readonly record struct Row(PrivateKind Kind, string Id);

    /// <summary>Whether any row was not read yet.</summary>
    public bool HasAny
    {
        get
        {
            lock (_lock)
                return _rows.Count > 0;
        }
    }

    /// <summary>Whether a changed account was not read yet.</summary>
    public bool Has(AccountId id)
    {
        lock (_lock)
            return _rows.Count > 0 && _rows.ContainsKey(new(PrivateKind.Account, id.ToString()));
    }

    /// <summary>Adds a changed row, and reads it beside the caller.</summary>
    public void Add(Row row)
    {
        lock (_lock)
        {
            _rows[row] = _rows.GetValueOrDefault(row) + 1;
            if (_isReading)
                return;
            _isReading = true;
        }

        _ = ReadAll();
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task ReadAll()
    {
        var closing = _closing.Token;
        var pause = _firstPause;
        for (var failed = 0; Next() is { } next;)
        {
            try
            {
                await read(next.Row, closing);
                Forget(next.Row, next.Announced);
                (failed, pause) = (0, _firstPause);
            }
            catch (Exception) when (closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                failed++;
                log.LogWarning(
                    fault, "The {Kind} {Id}, which another process has changed, could not be read (attempt {Failed}). The reading is tried again",
                    next.Row.Kind, next.Row.Id, failed);
                if (!await Wait(pause, closing))
                    return;
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
    }

    private async Task<bool> Wait(TimeSpan pause, CancellationToken closing)
    {
        await Task.Delay(pause, time, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !closing.IsCancellationRequested;
    }

    /// <summary>A row to read, and how often it was announced; null when all rows were read.</summary>
    private (Row Row, int Announced)? Next()
    {
        lock (_lock)
        {
            foreach (var (row, announced) in _rows)
                return (row, announced);
            _isReading = false;
            return null;
        }
    }

    /// <summary>A row that was announced again during the reading is read again.</summary>
    private void Forget(Row row, int announced)
    {
        lock (_lock)
        {
            if (_rows[row] == announced)
                _rows.Remove(row);
        }
    }
}
