using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>A CP-SAT model of some requests in the room that all others leave: one boolean per option, and for what may be split a whole number of seats beside it.
/// Rows that say the same as the one before are left out.</summary>
internal sealed class ExactModel
{
    private readonly OptionTable _table;
    private readonly Incumbent _incumbent;
    private readonly int[] _requests;
    private readonly Func<int, bool>? _keeps;
    private readonly Dictionary<int, List<(IntVar Var, long Amount, long Most, bool IsNew)>> _rows = [];
    private readonly Dictionary<int, BoolVar> _take = [];
    private readonly Dictionary<int, IntVar> _seats = [];

    /// <summary>Builds the model; what the requests hold now is free to it and becomes its hint.</summary>
    /// <param name="incumbent">Where everything stands.</param>
    /// <param name="requests">The requests that the model decides.</param>
    /// <param name="mustServe">Requests of these that must be served in full.</param>
    /// <param name="keeps">Options that the model has; null for all. What a request holds now must be among them.</param>
    public ExactModel(Incumbent incumbent, int[] requests, Func<int, bool> mustServe, Func<int, bool>? keeps = null)
    {
        (_incumbent, _table, _requests, _keeps) = (incumbent, incumbent.Table, requests, keeps);
        foreach (var r in requests)
            AddRequest(r, mustServe(r));
        AddRows();
        Rehint();
    }

    public CpModel Model { get; } = new();

    /// <summary>Seats above capacity in rows that what sits overfills; empty when there are none.</summary>
    public List<IntVar> Excess { get; } = [];

    /// <summary>Booleans and row entries that a model of these requests would have, to be judged before it is built.</summary>
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

    /// <summary>Σ weight over what is served, a weight for the whole of a request by an option, in units of <paramref name="scale"/>.</summary>
    public LinearExpr Sum(Func<int, int, double> weight, WorthScale scale)
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

    /// <summary>The scale for <see cref="Sum"/>: a part pays its share, and all parts together the whole.</summary>
    public WorthScale ScaleOf(Func<int, int, double> weight)
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
        return WorthScale.For(weights);
    }

    /// <summary>Puts the solver's answer into the incumbent.</summary>
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

    /// <summary>Makes what stands now the hint of the next solve.</summary>
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
                AddEntries(r, option, amount => (take, amount));
                continue;
            }
            var seats = Model.NewIntVar(0, size, "");
            _seats.Add(option, seats);
            parts.Add(seats);
            Model.Add(seats >= take * _table.MinPart[r]);
            Model.Add(seats <= take * size);
            AddEntries(r, option, amount => (amount == size ? seats : Rounded(seats, amount, size), 1));
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

    /// <summary>⌈seats × amount / size⌉ as a variable: the row's sum presses it down, so the inequality is enough.</summary>
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

    private void AddEntries(int r, int option, Func<long, (IntVar Var, long Amount)> entry)
    {
        var profiles = _table.Profiles;
        var profile = _table.Profile[option];
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            var (variable, amount) = entry(profiles.Amount[run]);
            var isNew = _table.Sits[r] != option;
            AddStretch(_table.Row[option] + profiles.Offset[run], profiles.Length[run], (variable, amount, profiles.Amount[run], isNew));
            if (_table.SecondRow[option] >= 0)
                AddStretch(_table.SecondRow[option] + (profiles.Offset[run] * _table.SecondScale[r]), profiles.Length[run] * _table.SecondScale[r], (variable, amount, profiles.Amount[run], isNew));
        }
    }

    private void AddStretch(int row, int length, (IntVar Var, long Amount, long Most, bool IsNew) entry)
    {
        for (var end = row + length; row < end; row++)
        {
            if (!_rows.TryGetValue(row, out var entries))
                _rows.Add(row, entries = []);
            entries.Add(entry);
        }
    }

    private void AddRows()
    {
        var free = (long[])_incumbent.Usage.Free.Clone();
        var mine = new Usage(_table, free);
        foreach (var r in _requests)
        {
            for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
            {
                if (_incumbent.Option[unit] >= 0)
                    mine.Return(r, _incumbent.Option[unit], _incumbent.Seats[unit]);
            }
        }
        (List<(IntVar Var, long Amount, long Most, bool IsNew)>? before, var beforeRoom) = (null, 0L);
        foreach (var (row, entries) in _rows.OrderBy(pair => pair.Key))
        {
            var room = Math.Max(0, free[row]);
            var sitting = entries.Where(entry => !entry.IsNew).Sum(entry => entry.Most);
            if (sitting > room)
                AddOverfull(row, entries, sitting, room);
            else if (before is null || beforeRoom != room || !Same(before, entries))
                Model.Add(LinearExpr.WeightedSum(entries.Select(entry => entry.Var), entries.Select(entry => entry.Amount)) <= room);
            (before, beforeRoom) = sitting > room ? (null, 0) : (entries, room);
        }
    }

    /// <summary>What sits may overfill the row, and as long as it does nothing new may enter.</summary>
    private void AddOverfull(int row, List<(IntVar Var, long Amount, long Most, bool IsNew)> entries, long sitting, long room)
    {
        var excess = Model.NewIntVar(0, sitting - room, $"excess{row}");
        var isOver = Model.NewBoolVar("");
        Excess.Add(excess);
        Model.Add(LinearExpr.WeightedSum(entries.Select(entry => entry.Var), entries.Select(entry => entry.Amount)) <= room + excess);
        Model.Add(excess <= isOver * (sitting - room));
        foreach (var entry in entries.Where(entry => entry.IsNew))
            Model.Add(entry.Var == 0).OnlyEnforceIf(isOver);
    }

    private static bool Same(List<(IntVar Var, long Amount, long Most, bool IsNew)> one, List<(IntVar Var, long Amount, long Most, bool IsNew)> two)
    {
        if (one.Count != two.Count)
            return false;
        for (var at = 0; at < one.Count; at++)
        {
            if (one[at].Amount != two[at].Amount || one[at].Var.Index != two[at].Var.Index)
                return false;
        }
        return true;
    }
}
