namespace Scheduler.Ledger;

/// <summary>
/// One order for all changes of a shared ledger. A position comes from the clock time of the decision. When the clock is behind the last known position, the
/// position is the next one after that instead, so positions never fall. The low bits contain the committer's number, so positions of different committers
/// differ.
/// </summary>
internal sealed class Positions
{
    private readonly Lock _lock = new();
    private long _last;

    /// <summary>Stores a position that was read from the ledger. Later positions will be higher.</summary>
    public void Observe(long position)
    {
        lock (_lock)
            _last = Math.Max(_last, position >> 6);
    }

    public long Next(long ticks, int committer)
    {
        lock (_lock)
        {
            _last = Math.Max(_last + 1, ticks);
            return (_last << 6) | (uint)(committer & 63);
        }
    }
}
