namespace Scheduler.Solver;

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
