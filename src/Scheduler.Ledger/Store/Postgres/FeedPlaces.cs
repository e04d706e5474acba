namespace Scheduler.Ledger;

/// <summary>
/// How far each committer's changes were read. Numbers that are our own are read up to where we took them over: what follows, we told ourselves.
/// </summary>
internal sealed class FeedPlaces : IOwnNumbers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _last = [];
    private readonly Dictionary<int, long> _until = [];

    public void Own(int committer, long sequence)
    {
        lock (_gate)
            _until[committer] = sequence;
    }

    public void Disown(int committer, long sequence)
    {
        lock (_gate)
        {
            // What we told ourselves need not be heard again, unless something from before we had the number is still unread: then all of it is, and hearing twice does no harm.
            var read = _last.GetValueOrDefault(committer);
            if (_until.Remove(committer, out var until) && read >= until)
                _last[committer] = Math.Max(read, sequence);
        }
    }

    public void Advance(int committer, long sequence)
    {
        lock (_gate)
            _last[committer] = Math.Max(_last.GetValueOrDefault(committer), sequence);
    }

    public (int[] Committers, long[] Last, long[] Until) Now()
    {
        lock (_gate)
        {
            int[] committers = [.. _last.Keys.Union(_until.Keys).Order()];
            return (
                committers,
                [.. committers.Select(committer => _last.GetValueOrDefault(committer))],
                [.. committers.Select(committer => _until.GetValueOrDefault(committer, long.MaxValue))]);
        }
    }
}
