using System.Collections.Concurrent;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Marks the memory of a queue grain as stale. Reading and clearing the mark is one exchange.</summary>
internal sealed class StaleMark
{
    private int _isStale;

    public void Set() => Volatile.Write(ref _isStale, 1);

    /// <summary>Whether the mark was set since the last call.</summary>
    public bool Take() => Volatile.Read(ref _isStale) == 1 && Interlocked.Exchange(ref _isStale, 0) == 1;
}
