using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>A CP-SAT model of some requests in the room that all other requests leave: one boolean per option, and for a split request also an integer of
/// seats per option.</summary>
internal sealed class ExactModel
{
    private readonly OptionTable _table;
    private readonly Incumbent _incumbent;
    private readonly int[] _requests;
    private readonly Func<int, bool>? _keeps;
    private readonly ExactModelRows _rows;
    private readonly Dictionary<int, BoolVar> _take = [];
    private readonly Dictionary<int, IntVar> _seats = [];

    /// <summary>Builds the model. The room that the requests use now is free in it, and their present assignment is its hint.</summary>
    /// <param name="incumbent">The plan.</param>
    /// <param name="requests">The requests that the model decides.</param>
    /// <param name="mustServe">Requests of these that must be served in full.</param>
    /// <param name="keeps">Options of the model; null for all. The options in use must be among them.</param>
    public ExactModel(Incumbent incumbent, int[] requests, Func<int, bool> mustServe, Func<int, bool>? keeps = null)
    {
        (_incumbent, _table, _requests, _keeps) = (incumbent, incumbent.Table, requests, keeps);
        _rows = new ExactModelRows(Model, _table);
        foreach (var r in requests)
            AddRequest(r, mustServe(r));
        _rows.AddConstraints(FreeSeats());
        Rehint();
    }

    public CpModel Model { get; } = new();

    /// <summary>Seats above capacity in each row that current assignments overfill; empty when there are none.</summary>
    public List<IntVar> Excess => _rows.Excess;

    /// <summary>Booleans and row entries that a model of these requests would have; checked before the model is built.</summary>
    public static long Entries(OptionTable table, IEnumerable<int> requests)
    {
        var entries = 0L;
        foreach (var r in requests)
        {
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
                entries += Entries(table, r, option);
        }
        return entries;
    }

    /// <summary>The same of one option.</summary>
    public static long Entries(OptionTable table, int request, int option) =>
        1 + (table.Profiles.Span[table.Profile[option]] * (table.SecondRow[option] >= 0 ? 1 + table.SecondScale[request] : 1L));

    /// <summary>Seats of the request that are served: size times the boolean, or the parts' sum.</summary>
    public LinearExpr ServedSeats(int r)
    {
        var sum = LinearExpr.NewBuilder();
        for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
        {
            if (_seats.TryGetValue(option, out var seats))
                sum.Add(seats);
            else if (_take.TryGetValue(option, out var take))
                sum.AddTerm(take, _table.Size[r]);
        }
        return sum;
    }

    /// <summary>The sum of the weights of the served options, in units of <paramref name="scale"/>. A weight is for the whole request; parts count in
    /// proportion.</summary>
    public LinearExpr Sum(Func<int, int, double> weight, IntegerScale scale)
    {
        var sum = LinearExpr.NewBuilder();
        foreach (var r in _requests)
        {
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (!_take.TryGetValue(option, out var take))
                    continue;
                if (_seats.TryGetValue(option, out var seats))
                    sum.AddTerm(seats, scale.Whole(weight(r, option) / _table.Size[r]));
                else
                    sum.AddTerm(take, scale.Whole(weight(r, option)));
            }
        }
        return sum;
    }

    /// <summary>The scale for <see cref="Sum"/>: it holds the weights of whole requests and, for split ones, per seat.</summary>
    public IntegerScale ScaleOf(Func<int, int, double> weight)
    {
        var weights = new List<double>();
        foreach (var r in _requests)
        {
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (!_take.ContainsKey(option))
                    continue;
                weights.Add(weight(r, option));
                if (_table.IsSplit(r))
                    weights.Add(weight(r, option) / _table.Size[r]);
            }
        }
        return IntegerScale.For(weights);
    }

    /// <summary>Places the solver's answer in the incumbent.</summary>
    public void Apply(CpSolver solver)
    {
        foreach (var r in _requests)
        {
            for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
            {
                if (_incumbent.Option[unit] >= 0)
                    _incumbent.Remove(unit);
            }
        }
        foreach (var r in _requests)
        {
            var unit = _incumbent.FirstUnit[r];
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (!_take.TryGetValue(option, out var take) || !solver.BooleanValue(take))
                    continue;
                var seats = _seats.TryGetValue(option, out var part) ? (int)solver.Value(part) : _table.Size[r];
                if (seats > 0 || _table.Size[r] == 0)
                    _incumbent.Place(unit++, option, seats);
            }
        }
    }

    /// <summary>Makes the solver's answer the hint of the next solve.</summary>
    public void Rehint(CpSolver solver)
    {
        var hint = new PartialVariableAssignment();
        for (var index = 0; index < Model.Model.Variables.Count; index++)
        {
            hint.Vars.Add(index);
            hint.Values.Add(solver.Response!.Solution[index]);
        }
        Model.Model.SolutionHint = hint;
    }

    /// <summary>Makes the present assignment the hint of the next solve.</summary>
    public void Rehint()
    {
        var hint = new PartialVariableAssignment();
        foreach (var r in _requests)
        {
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (!_take.TryGetValue(option, out var take))
                    continue;
                var held = Held(r, option);
                hint.Vars.Add(take.Index);
                hint.Values.Add(held > 0 || (_table.Size[r] == 0 && held == 0) ? 1 : 0);
                if (_seats.TryGetValue(option, out var seats))
                {
                    hint.Vars.Add(seats.Index);
                    hint.Values.Add(Math.Max(0, held));
                }
            }
        }
        Model.Model.SolutionHint = hint;
    }

    private void AddRequest(int r, bool mustServe)
    {
        var (first, end, size) = (_table.FirstOption[r], _table.FirstOption[r + 1], _table.Size[r]);
        if (first == end)
            return;
        var takes = new List<BoolVar>(end - first);
        var parts = new List<IntVar>();
        for (var option = first; option < end; option++)
        {
            if (_keeps?.Invoke(option) == false)
                continue;
            var take = Model.NewBoolVar("");
            _take.Add(option, take);
            takes.Add(take);
            if (!_table.IsSplit(r))
            {
                _rows.Add(r, option, amount => (take, amount));
                continue;
            }
            var seats = Model.NewIntVar(0, size, "");
            _seats.Add(option, seats);
            parts.Add(seats);
            Model.Add(seats >= take * _table.MinPart[r]);
            Model.Add(seats <= take * size);
            _rows.Add(r, option, amount => (amount == size ? seats : Rounded(seats, amount, size), 1));
        }
        if (!_table.IsSplit(r))
        {
            if (mustServe)
                Model.AddExactlyOne(takes);
            else
                Model.AddAtMostOne(takes);
            return;
        }
        if (mustServe)
            Model.Add(LinearExpr.Sum(parts) == size);
        else
            Model.Add(LinearExpr.Sum(parts) <= size);
        var units = _incumbent.FirstUnit[r + 1] - _incumbent.FirstUnit[r];
        if (units < takes.Count)
            Model.Add(LinearExpr.Sum(takes) <= units);
    }

    /// <summary>⌈seats × amount / size⌉ as a variable. A row only limits it from above, so the inequality is enough.</summary>
    private IntVar Rounded(IntVar seats, long amount, int size)
    {
        var rounded = Model.NewIntVar(0, amount, "");
        Model.Add(rounded * size >= seats * amount);
        return rounded;
    }

    private int Held(int r, int option)
    {
        for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
        {
            if (_incumbent.Option[unit] == option)
                return _incumbent.Seats[unit];
        }
        return -1;
    }

    /// <summary>Free seats of every row, with the seats of the model's requests released.</summary>
    private long[] FreeSeats()
    {
        var free = (long[])_incumbent.Usage.Free.Clone();
        var usage = new Usage(_table, free);
        foreach (var r in _requests)
        {
            for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
            {
                if (_incumbent.Option[unit] >= 0)
                    usage.Return(r, _incumbent.Option[unit], _incumbent.Seats[unit]);
            }
        }
        return free;
    }
}
