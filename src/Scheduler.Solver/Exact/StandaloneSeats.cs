using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>The most seats of one split request that could be served if it were alone in empty pools, when its whole fits no candidate. A greedy choice of
/// parts first; a small model where the greedy choice stays below the sum of the candidates' rooms. After a cancel only the greedy choice.</summary>
internal sealed class StandaloneSeats(Season season, StopSignal stop)
{
    private const int MostModels = 1_000;
    private const int MostEntries = 20_000;
    private int _models;

    public int Seats(int r)
    {
        var (table, request) = (season.Table, season.Instance.Requests[r]);
        var (size, least) = (table.Size[r], table.IsSplit(r) ? table.MinPart[r] : table.Size[r]);
        if (size == 0)
            return 0;
        var parts = new List<Part>();
        for (var k = 0; k < request.Candidates.Count; k++)
        {
            if (Entries(r, k) is not { } entries)
                continue;
            var room = Room(entries, size, size, []);
            if (room >= least)
                parts.Add(new Part(k, room, entries.Count));
        }
        parts = [.. parts.OrderByDescending(part => part.Room)];
        var most = (int)Math.Min(size, parts.Take(size / least).Sum(part => (long)part.Room));
        var greedy = Greedy(r, parts, size, least);
        if (greedy == most || _models >= MostModels || parts.Sum(part => (long)part.Entries) > MostEntries || stop.IsSet)
            return greedy;
        _models++;
        return Math.Max(greedy, Model(r, parts, size, least));
    }

    private int Greedy(int r, List<Part> parts, int size, int least)
    {
        var (left, taken) = (size, new Dictionary<int, long>());
        foreach (var part in parts)
        {
            if (left < least)
                break;
            var entries = Entries(r, part.Candidate)!;
            var room = Room(entries, size, left, taken);
            if (room < left && left - room < least && left - least >= least)
                room = left - least;
            if (room < least)
                continue;
            foreach (var (row, amount, _) in entries)
                taken[row] = taken.GetValueOrDefault(row) + OptionTable.PartAmount(amount, room, size);
            left -= room;
        }
        return size - left;
    }

    private int Model(int r, List<Part> parts, int size, int least)
    {
        var model = new CpModel();
        var (all, rows) = (new List<IntVar>(), new Dictionary<int, (long Capacity, List<IntVar> Taken)>());
        foreach (var part in parts)
        {
            var (take, seats) = (model.NewBoolVar(""), model.NewIntVar(0, part.Room, ""));
            model.Add(seats >= take * least);
            model.Add(seats <= take * part.Room);
            all.Add(seats);
            foreach (var same in Entries(r, part.Candidate)!.GroupBy(entry => entry.Amount))
            {
                var taken = model.NewIntVar(0, same.Key, "");
                model.Add(taken * size >= seats * same.Key);
                foreach (var (row, _, capacity) in same)
                {
                    if (!rows.TryGetValue(row, out var at))
                        rows.Add(row, at = (capacity, []));
                    at.Taken.Add(taken);
                }
            }
        }
        model.Add(LinearExpr.Sum(all) <= size);
        foreach (var (capacity, taken) in rows.Values)
            model.Add(LinearExpr.Sum(taken) <= capacity);
        model.Maximize(LinearExpr.Sum(all));
        var solver = new CpSolver { StringParameters = "num_workers:1,random_seed:1,max_deterministic_time:0.2" };
        return ExactSolve.HasAnswer(solver.Solve(model)) ? (int)Math.Round(solver.ObjectiveValue) : 0;
    }

    /// <summary>The most seats, up to <paramref name="most"/>, that the candidate could serve in the room that is left.</summary>
    private static int Room(List<(int Row, int Amount, long Capacity)> entries, int size, int most, Dictionary<int, long> taken)
    {
        long room = most;
        foreach (var (row, amount, capacity) in entries)
        {
            var free = capacity - taken.GetValueOrDefault(row);
            if (free < amount)
                room = Math.Min(room, Math.Max(0, free) * size / amount);
        }
        return (int)room;
    }

    /// <summary>The rows of the candidate with the seats that the whole request takes of each; null where a row is missing.</summary>
    private List<(int Row, int Amount, long Capacity)>? Entries(int r, int k)
    {
        var candidate = season.Instance.Requests[r].Candidates[k];
        var pool = season.Pools.Index(candidate.Pool);
        var step = season.Pools.Step(pool, candidate.Start);
        var group = season.Table.Group[r] >= 0 ? season.Limits.Groups[season.Table.Group[r]] : null;
        var entries = new List<(int Row, int Amount, long Capacity)>();
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            if (candidate.Seats[at] == 0)
                continue;
            var row = season.Pools.Timelines[pool].Row(step + at, 1);
            if (row < 0)
                return null;
            entries.Add((row, candidate.Seats[at], season.FullCapacity[row]));
            var first = group?.FirstRowOf(step + at, season.Pools.GridOffset(pool)) ?? -1;
            for (var limit = first; first >= 0 && limit < first + group!.Scale; limit++)
                entries.Add((limit, candidate.Seats[at], group.Limit.Capacity));
        }
        return entries;
    }

    // Only the number of entries: a request may have a million candidates, and all their lists together would not fit into memory.
    private readonly record struct Part(int Candidate, int Room, int Entries);
}
