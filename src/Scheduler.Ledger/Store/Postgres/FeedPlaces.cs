namespace Scheduler.Ledger;

/// <summary>
/// The last change of each committer that the feed has read. For a committer number of this process, the feed reads only the changes before the process took
/// the number: the later changes are the process's own.
/// </summary>
internal sealed class FeedPlaces : IOwnNumbers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _last = [];
    private readonly Dictionary<int, long> _until = [];

    public void Own(int committer, long sequence)
    {
        lock (_lock)
            _until[committer] = sequence;
    }

    public void Disown(int committer, long sequence)
    {
        lock (_lock)
        {
            // Own changes need not be read again. But when a change from before this process had the number is still unread, all changes are read; reading an
            // own change a second time does no harm.
            var read = _last.GetValueOrDefault(committer);
            if (_until.Remove(committer, out var until) && read >= until)
                _last[committer] = Math.Max(read, sequence);
        }
    }

    public void Advance(int committer, long sequence)
    {
        lock (_lock)
            _last[committer] = Math.Max(_last.GetValueOrDefault(committer), sequence);
    }

    public (int[] Committers, long[] Last, long[] Until) Now()
    {
        lock (_lock)
        {
            int[] committers = [.. _last.Keys.Union(_until.Keys).Order()];
            return (
                committers,
                [.. committers.Select(committer => _last.GetValueOrDefault(committer))],
                [.. committers.Select(committer => _until.GetValueOrDefault(committer, long.MaxValue))]);
        }
    }
}
