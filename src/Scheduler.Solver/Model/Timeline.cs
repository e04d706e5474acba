namespace Scheduler.Solver;

/// <summary>Gives consecutive row numbers to the intervals of time that are in use, and none to the gaps between them.</summary>
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

    /// <summary>Requires rows for the steps from <paramref name="from"/> up to, but not including, <paramref name="to"/>.</summary>
    public void Add(long from, long to)
    {
        if (to <= from)
            return;
        // Candidates are mostly in order of time, so extending the last interval keeps the list short.
        if (_added.Count > 0 && _added[^1] is var last && from >= last.From && from <= last.To)
            _added[^1] = (last.From, Math.Max(last.To, to));
        else
            _added.Add((from, to));
    }

    /// <summary>Merges the intervals and numbers their rows from <paramref name="firstRow"/>.</summary>
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

    /// <summary>Renumbers rows that were numbered from 0, beginning with <paramref name="firstRow"/>.</summary>
    public void Shift(int firstRow)
    {
        for (var index = 0; index < _row.Length; index++)
            _row[index] += firstRow;
    }

    /// <summary>The row of a step, or −1 when not all <paramref name="length"/> steps from there have rows.</summary>
    public int Row(long step, int length) => Row(step, length, ref _last);

    /// <summary>The same with the caller's own guess of the interval; threads that share one guess would slow each other down.</summary>
    public int Row(long step, int length, ref int guess)
    {
        if (_from.Length == 0)
            return -1;
        var at = (uint)guess < (uint)_from.Length ? guess : 0;
        if (step < _from[at] || step >= _to[at])
        {
            at = Array.BinarySearch(_from, step);
            at = at >= 0 ? at : ~at - 1;
            if (at < 0)
                return -1;
            guess = at;
        }
        return step + length <= _to[at] ? _row[at] + (int)(step - _from[at]) : -1;
    }

    /// <summary>The step of a row.</summary>
    public long Step(int row) => Step(row, ref _lastStep);

    /// <summary>The same with the caller's own guess.</summary>
    public long Step(int row, ref int guess)
    {
        var at = (uint)guess < (uint)_row.Length ? guess : 0;
        if (row < _row[at] || row >= _row[at] + (int)(_to[at] - _from[at]))
        {
            at = Array.BinarySearch(_row, row);
            guess = at = at >= 0 ? at : ~at - 1;
        }
        return _from[at] + (row - _row[at]);
    }
}
