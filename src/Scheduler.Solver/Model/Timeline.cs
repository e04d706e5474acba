namespace Scheduler.Solver;

/// <summary>Gives consecutive row numbers to the stretches of time that anything uses, and none to the years between them.</summary>
internal sealed class Timeline
{
    private readonly List<(long From, long To)> _added = [];
    private long[] _from = [];
    private long[] _to = [];
    private int[] _row = [];
    private int _last;
    private int _lastStep;

    /// <summary>Rows altogether, once built.</summary>
    public int Rows { get; private set; }

    /// <summary>Asks for rows for the steps from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public void Add(long from, long to)
    {
        if (to <= from)
            return;
        // Candidates come mostly in order of time: growing the last stretch keeps the list short.
        if (_added.Count > 0 && _added[^1] is var last && from >= last.From && from <= last.To)
            _added[^1] = (last.From, Math.Max(last.To, to));
        else
            _added.Add((from, to));
    }

    /// <summary>Merges what was added and numbers it from <paramref name="firstRow"/>.</summary>
    public void Build(int firstRow)
    {
        _added.Sort();
        var (from, to, row) = (new List<long>(), new List<long>(), new List<int>());
        foreach (var (start, end) in _added)
        {
            if (to.Count > 0 && start <= to[^1])
            {
                to[^1] = Math.Max(to[^1], end);
                continue;
            }
            from.Add(start);
            to.Add(end);
        }
        var next = firstRow;
        for (var index = 0; index < from.Count; index++)
        {
            row.Add(next);
            next = checked(next + (int)(to[index] - from[index]));
        }
        (_from, _to, _row, Rows) = ([.. from], [.. to], [.. row], next - firstRow);
        _added.Clear();
        _added.TrimExcess();
    }

    /// <summary>Row of a step, or −1 when the whole stretch of that length has no consecutive rows.</summary>
    public int Row(long step, int length)
    {
        if (_from.Length == 0)
            return -1;
        if (step < _from[_last] || step >= _to[_last])
        {
            var found = Array.BinarySearch(_from, step);
            found = found >= 0 ? found : ~found - 1;
            if (found < 0)
                return -1;
            _last = found;
        }
        return step + length <= _to[_last] ? _row[_last] + (int)(step - _from[_last]) : -1;
    }

    /// <summary>The step that a row stands for.</summary>
    public long Step(int row)
    {
        if (row < _row[_lastStep] || row >= _row[_lastStep] + (int)(_to[_lastStep] - _from[_lastStep]))
        {
            var found = Array.BinarySearch(_row, row);
            _lastStep = found >= 0 ? found : ~found - 1;
        }
        return _from[_lastStep] + (row - _row[_lastStep]);
    }
}
