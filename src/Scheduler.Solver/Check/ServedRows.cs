namespace Scheduler.Solver;

/// <summary>The rows of a plan by request. Plans list them in the order of the requests, so the next requests are tried before an id is looked up.</summary>
internal sealed class ServedRows
{
    private readonly int[] _first;
    private readonly Assignment[] _rows;
    private readonly int[] _unserved;
    private readonly Plan _plan;

    private ServedRows(Plan plan, int[] first, Assignment[] rows, int[] unserved) => (_plan, _first, _rows, _unserved) = (plan, first, rows, unserved);

    /// <summary>Finds the request of every row. A row without request or candidate is a fault.</summary>
    public static ServedRows Read(Request[] requests, Plan plan, FaultList faults)
    {
        var finder = new Finder(requests);
        var (owner, first) = (new int[plan.Assignments.Count], new int[requests.Length + 1]);
        for (var row = 0; row < owner.Length; row++)
        {
            var assignment = plan.Assignments[row];
            var r = owner[row] = finder.Find(assignment.Request);
            if (r < 0)
                faults.Add($"assignments[{row}]: no request {assignment.Request}");
            else if ((uint)assignment.Candidate >= (uint)requests[r].Candidates.Count)
                faults.Add($"assignments[{row}]: {assignment.Request} has no candidate {assignment.Candidate}");
            else if (!assignment.IsAt(requests[r].Candidates[assignment.Candidate]))
                faults.Add($"assignments[{row}]: candidate {assignment.Candidate} of {assignment.Request} has another pool or start");
            else
                first[r + 1]++;
        }
        var unserved = new int[requests.Length];
        for (var row = 0; row < plan.Unserved.Count; row++)
        {
            var r = finder.Find(plan.Unserved[row].Request);
            if (r < 0)
                faults.Add($"unserved[{row}]: no request {plan.Unserved[row].Request}");
            else if (unserved[r] != 0)
                faults.Add($"unserved[{row}]: {plan.Unserved[row].Request} is listed twice");
            else
                unserved[r] = row + 1;
        }
        for (var r = 0; r < requests.Length; r++)
            first[r + 1] += first[r];
        var rows = new Assignment[first[^1]];
        if (faults.Count == 0)
        {
            var next = first.AsSpan(0, requests.Length).ToArray();
            for (var row = 0; row < owner.Length; row++)
                rows[next[owner[row]]++] = plan.Assignments[row];
        }
        return new ServedRows(plan, first, rows, unserved);
    }

    /// <summary>The rows of one request, in the plan's order.</summary>
    public ReadOnlySpan<Assignment> Of(int request) => _rows.AsSpan(_first[request], _first[request + 1] - _first[request]);

    /// <summary>The plan's row about the unserved seats of the request; null when there is none.</summary>
    public Unserved? UnservedOf(int request) => _unserved[request] == 0 ? null : _plan.Unserved[_unserved[request] - 1];

    private sealed class Finder(Request[] requests)
    {
        private Dictionary<string, int>? _index;
        private int _last = -1;

        public int Find(string id)
        {
            for (var near = Math.Max(0, _last); near < requests.Length && near <= _last + 4; near++)
            {
                if (requests[near].Id == id)
                    return _last = near;
            }
            if (_index is null)
            {
                _index = new Dictionary<string, int>(requests.Length);
                for (var r = 0; r < requests.Length; r++)
                    _index.Add(requests[r].Id, r);
            }
            return _index.TryGetValue(id, out var found) ? _last = found : -1;
        }
    }
}
