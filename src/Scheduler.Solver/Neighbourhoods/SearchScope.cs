namespace Scheduler.Solver;

/// <summary>The scope of a component's search: its requests in the order of the rows they prefer, and the list of its unserved requests.</summary>
internal sealed class SearchScope
{
    private const int MostLooks = 200;
    private const int FewUnserved = 8;
    private readonly OptionTable _table;
    private readonly int[] _position;
    private readonly List<int> _unserved = [];
    private readonly int[] _unservedAt;
    private readonly GroupMembers _members;

    /// <param name="incumbent">The plan.</param>
    /// <param name="requests">The component's requests that have options, sorted by the row of their best option.</param>
    /// <param name="position">Position of a request in its component's list; one array for all components.</param>
    /// <param name="unservedAt">Position in the list of unserved requests plus one, 0 for none; one array for all components.</param>
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

    public int Component => Requests.Length == 0 ? -1 : _table.Component[Requests[0]];

    /// <summary>Added to the value of serving the whole of each request; null for none.</summary>
    public double[]? Bonus { get; init; }

    /// <summary>Whether no served request may be lost.</summary>
    public bool KeepsServed { get; init; }

    /// <summary>Per cent of steps that begin with an unserved request when there is one.</summary>
    public int UnservedShare { get; init; } = 50;

    public int Unserved => _unserved.Count;

    public int UnservedAt(int index) => _unserved[index];

    public ReadOnlySpan<int> Members(int group) => _members.Of(group);

    /// <summary>An unserved request near the given one in the component's order, in a random direction; −1 when the next <see cref="MostLooks"/> are all
    /// served.</summary>
    public int UnservedNear(int request, ref SplitMix64 random, Incumbent incumbent)
    {
        if (_unserved.Count == 0)
            return -1;
        if (_unserved.Count <= FewUnserved)
            return _unserved[random.NextBelow(_unserved.Count)];
        var at = _position[request] + random.NextBelow(64) - 32;
        var way = random.NextBelow(2) == 0 ? 1 : -1;
        for (var looks = 0; looks < MostLooks; looks++, at += way)
        {
            if (at >= 0 && at < Requests.Length && _unservedAt[Requests[at]] > 0 && Requests[at] != request)
                return Requests[at];
        }
        return -1;
    }

    /// <summary>Updates the list of unserved requests after an accepted step.</summary>
    public void UpdateUnserved(IReadOnlyList<int> touched, Incumbent incumbent)
    {
        for (var at = 0; at < touched.Count; at++)
            Mark(touched[at], incumbent);
    }

    private void Mark(int request, Incumbent incumbent)
    {
        var isUnserved = !incumbent.IsServed(request);
        var at = _unservedAt[request] - 1;
        if (isUnserved && at < 0)
        {
            _unserved.Add(request);
            _unservedAt[request] = _unserved.Count;
        }
        else if (!isUnserved && at >= 0)
        {
            var last = _unserved[^1];
            _unserved[at] = last;
            _unservedAt[last] = at + 1;
            _unserved.RemoveAt(_unserved.Count - 1);
            _unservedAt[request] = 0;
        }
    }
}
