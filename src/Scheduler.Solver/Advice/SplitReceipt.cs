using Google.OrTools.Sat;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>The receipt of a request that may be split: a small model chooses the parts that need the least capacity.</summary>
internal sealed class SplitReceipt
{
    // Beyond these sizes the best single candidate is the answer, and the receipt says that it is not proven.
    private const int MostEntries = 20_000;
    private const double Seconds = 1;
    private readonly Request _request;
    private readonly PlanRoom _room;
    private readonly int _size;
    private readonly CpModel _model = new();
    private readonly List<(int Candidate, BoolVar Take, IntVar Seats)> _parts = [];
    private readonly Dictionary<(string Pool, long Start), List<IntVar>> _taken = [];
    private readonly List<(long Start, IntVar Taken)> _spans = [];
    private readonly List<((string Pool, long Start) Row, IntVar Added)> _added = [];
    private readonly IntVar _limitSeats;

    private SplitReceipt(Request request, PlanRoom room, int size)
    {
        (_request, _room, _size) = (request, room, size);
        for (var k = 0; k < request.Candidates.Count; k++)
        {
            if (Receipts.IsWorthwhile(request, request.Candidates[k]))
                AddPart(k, request.MinGroup!.Value);
        }
        _model.Add(LinearExpr.Sum(_parts.Select(part => part.Seats)) == size);
        foreach (var (row, taken) in _taken)
            _added.Add((row, Above(taken, room.Free(row.Pool, row.Start), null)));
        _limitSeats = _model.NewIntVar(0, SizeLimits.Seats, "");
        AddLimit();
    }

    /// <summary>The receipt of the request. <paramref name="whole"/> is the receipt of its best single candidate, the answer where the model has
    /// none.</summary>
    public static Receipt Of(Request request, PlanRoom room, int size, Receipt whole)
    {
        if (whole.MachineSlots == 0 && whole.LimitSeats == 0)
            return whole;
        if (request.Candidates.Sum(candidate => (long)candidate.Seats.Count) > MostEntries)
            return whole with { IsLeast = false };
        return new SplitReceipt(request, room, size).Solve(whole);
    }

    private void AddPart(int k, int least)
    {
        var (candidate, take, seats) = (_request.Candidates[k], _model.NewBoolVar(""), _model.NewIntVar(0, _size, ""));
        _parts.Add((k, take, seats));
        _model.Add(seats >= take * least);
        _model.Add(seats <= take * _size);
        var byAmount = new Dictionary<int, IntVar> { [_size] = seats };
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            var amount = candidate.Seats[at];
            if (amount == 0)
                continue;
            if (!byAmount.TryGetValue(amount, out var taken))
            {
                // ⌈seats × amount / size⌉; the rows only limit it from above.
                byAmount.Add(amount, taken = _model.NewIntVar(0, amount, ""));
                _model.Add(taken * _size >= seats * amount);
            }
            var start = candidate.Start.ToUnixTimeTicks() + (at * _room.SlotTicks);
            if (!_taken.TryGetValue((candidate.Pool, start), out var row))
                _taken.Add((candidate.Pool, start), row = []);
            row.Add(taken);
            _spans.Add((start, taken));
        }
    }

    /// <summary>The limit holds at every instant at which a slot begins, of this request or of another one.</summary>
    private void AddLimit()
    {
        if (_room.LimitOf(_request) is not { } limit)
            return;
        var starts = _spans.Select(span => span.Start).Distinct().ToList();
        foreach (var instant in starts.Concat(starts.SelectMany(limit.Edges)).Distinct().Order())
        {
            var running = _spans.Where(span => span.Start <= instant && instant < span.Start + _room.SlotTicks).Select(span => span.Taken).ToList();
            Above(running, limit.FreeAt(instant), _limitSeats);
        }
    }

    /// <summary>Seats above the free ones. Nothing new may enter an overfull row, so the first seat there needs all seats that are missing already.</summary>
    /// <param name="taken">The seats taken in the row.</param>
    /// <param name="free">Free seats, below 0 in an overfull row.</param>
    /// <param name="above">The variable that holds the seats above; null for a new one.</param>
    private IntVar Above(List<IntVar> taken, long free, IntVar? above)
    {
        above ??= _model.NewIntVar(0, SizeLimits.Seats, "");
        if (free >= 0)
        {
            _model.Add(LinearExpr.Sum(taken) <= above + free);
            return above;
        }
        var enters = _model.NewBoolVar("");
        foreach (var seats in taken)
            _model.Add(seats <= enters * _size);
        _model.Add(LinearExpr.Sum(taken) - (enters * free) <= above);
        return above;
    }

    private Receipt Solve(Receipt whole)
    {
        var slots = LinearExpr.Sum(_added.Select(row => row.Added));
        // One seat of the limit weighs more than the machine slots of the best single candidate and of any better answer.
        var most = Math.Max(1, _taken.Values.Sum(row => row.Count * (long)_size) + _taken.Keys.Sum(row => Math.Max(0, -_room.Free(row.Pool, row.Start))));
        _model.Minimize((_limitSeats * (most + 1)) + slots);
        var solver = new CpSolver
        {
            // Without presolve: the models are so small that presolve takes two thirds of the time.
            StringParameters = FormattableString.Invariant($"num_workers:1,random_seed:1,cp_model_presolve:false,max_deterministic_time:{Seconds}"),
        };
        var status = solver.Solve(_model);
        if (!ExactSolve.HasAnswer(status))
            return whole with { IsLeast = false };
        var limitSeats = solver.Value(_limitSeats);
        if (status != CpSolverStatus.Optimal && (limitSeats, solver.Value(slots)).CompareTo((whole.LimitSeats, whole.MachineSlots)) >= 0)
            return whole with { IsLeast = false };
        return new Receipt
        {
            Request = _request.Id, Limit = limitSeats > 0 ? _request.Limit : null, LimitSeats = limitSeats, IsLeast = status == CpSolverStatus.Optimal,
            Seats = [.. _added.Select(row => new AddedSeats(row.Row.Pool, Instant.FromUnixTimeTicks(row.Row.Start), solver.Value(row.Added)))
                .Where(row => row.Seats > 0).OrderBy(row => row.Pool, StringComparer.Ordinal).ThenBy(row => row.Start)],
            Placement = [.. _parts.Where(part => solver.Value(part.Seats) > 0)
                .Select(part => Assignment.Of(_request, part.Candidate, (int)solver.Value(part.Seats)))],
        };
    }
}
