namespace Scheduler.Solver;

/// <summary>What a block's search may touch: its requests in the order of where they would like to be, and which of them wait unserved.</summary>
internal sealed class SearchScope
{
    private readonly OptionTable _table;
    private readonly int[] _position;
    private readonly List<int> _unserved = [];
    private readonly int[] _unservedAt;
    private readonly GroupMembers _members;

    /// <param name="incumbent">Where things stand.</param>
    /// <param name="requests">The block's requests that have options, sorted by the row of their best option.</param>
    /// <param name="position">Shared by all blocks: position of a request in its block's list.</param>
    /// <param name="unservedAt">Shared by all blocks: position in the waiting list plus one, 0 for none.</param>
    /// <param name="members">Requests of every limit group.</param>
    public SearchScope(Incumbent incumbent, int[] requests, int[] position, int[] unservedAt, GroupMembers members)
    {
        (_table, Requests, _position, _unservedAt, _members) = (incumbent.Table, requests, position, unservedAt, members);
        for (var at = 0; at < requests.Length; at++)
        {
            position[requests[at]] = at;
            unservedAt[requests[at]] = 0;
            Mark(requests[at], incumbent);
        }
    }

    public int[] Requests { get; }

    public int Block => Requests.Length == 0 ? -1 : _table.Block[Requests[0]];

    /// <summary>Added to what serving the whole of a request counts, by request; null for none.</summary>
    public double[]? Bonus { get; init; }

    /// <summary>Whether mandatory value counts as value rather than before all value.</summary>
    public bool CountsMandatory { get; init; }

    /// <summary>Whether nothing that is served may be lost.</summary>
    public bool KeepsServed { get; init; }

    /// <summary>Per cent of steps that begin with something unserved, when there is any.</summary>
    public int UnservedShare { get; init; } = 50;

    public int Unserved => _unserved.Count;

    public int UnservedAt(int index) => _unserved[index];

    public ReadOnlySpan<int> Members(int group) => _members.Of(group);

    /// <summary>Something unserved among the neighbours in the block's order, looking a drawn way; −1 when the next two hundred are all served.</summary>
    public int UnservedNear(int request, ref Dice dice, Incumbent incumbent)
    {
        if (_unserved.Count == 0)
            return -1;
        if (_unserved.Count <= 8)
            return _unserved[dice.Below(_unserved.Count)];
        var at = _position[request] + dice.Below(64) - 32;
        var way = dice.Below(2) == 0 ? 1 : -1;
        for (var steps = 0; steps < 200; steps++, at += way)
        {
            if (at >= 0 && at < Requests.Length && _unservedAt[Requests[at]] > 0 && Requests[at] != request)
                return Requests[at];
        }
        return -1;
    }

    /// <summary>Brings the waiting list up to date after an accepted step.</summary>
    public void Settle(IReadOnlyList<int> touched, Incumbent incumbent)
    {
        for (var at = 0; at < touched.Count; at++)
            Mark(touched[at], incumbent);
    }

    private void Mark(int request, Incumbent incumbent)
    {
        var waits = !incumbent.IsServed(request);
        var at = _unservedAt[request] - 1;
        if (waits && at < 0)
        {
            _unserved.Add(request);
            _unservedAt[request] = _unserved.Count;
        }
        else if (!waits && at >= 0)
        {
            var last = _unserved[^1];
            _unserved[at] = last;
            _unservedAt[last] = at + 1;
            _unserved.RemoveAt(_unserved.Count - 1);
            _unservedAt[request] = 0;
        }
    }
}

/// <summary>The requests of every limit group, in one array.</summary>
internal sealed class GroupMembers
{
    private readonly int[] _first;
    private readonly int[] _requests;

    public GroupMembers(OptionTable table)
    {
        _first = new int[table.Groups + 1];
        foreach (var group in table.Group)
        {
            if (group >= 0)
                _first[group + 1]++;
        }
        for (var group = 0; group < table.Groups; group++)
            _first[group + 1] += _first[group];
        _requests = new int[_first[^1]];
        var next = (int[])_first.Clone();
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Group[r] >= 0)
                _requests[next[table.Group[r]]++] = r;
        }
    }

    public ReadOnlySpan<int> Of(int group) => _requests.AsSpan(_first[group], _first[group + 1] - _first[group]);
}
