namespace Scheduler.Solver;

/// <summary>The shortfalls that a plan lists. The check marks each one that it finds.</summary>
internal sealed class ShortfallRows(IReadOnlyList<Shortfall> rows)
{
    private readonly ILookup<(string?, string?), int> _index = Enumerable.Range(0, rows.Count).ToLookup(at => (rows[at].Pool, rows[at].Institution));
    private readonly bool[] _found = new bool[rows.Count];

    /// <summary>Marks the rows of a pool or an institution that match, and counts them.</summary>
    public int Take(string? pool, string? institution, Func<Shortfall, bool> isSo)
    {
        var count = 0;
        foreach (var at in _index[(pool, institution)])
        {
            if (_found[at] || !isSo(rows[at]))
                continue;
            _found[at] = true;
            count++;
        }
        return count;
    }

    public IEnumerable<Shortfall> Left => rows.Where((_, at) => !_found[at]);
}
