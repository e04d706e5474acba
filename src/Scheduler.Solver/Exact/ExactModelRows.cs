using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>The capacity rows of an <see cref="ExactModel"/>. A row that repeats the row before it is left out.</summary>
internal sealed class ExactModelRows(CpModel model, OptionTable table)
{
    private readonly Dictionary<int, List<Entry>> _rows = [];

    /// <summary>Seats above capacity in each row that current assignments overfill; empty when there are none.</summary>
    public List<IntVar> Excess { get; } = [];

    /// <summary>Adds the entries of one option to its rows.</summary>
    /// <param name="r">The request.</param>
    /// <param name="option">Its option.</param>
    /// <param name="term">The variable and its factor that stand for an amount.</param>
    public void Add(int r, int option, Func<long, (IntVar Var, long Factor)> term)
    {
        var isNew = table.CurrentOption[r] != option;
        foreach (var run in table.Runs(r, option))
        {
            var (variable, factor) = term(run.Amount);
            var entry = new Entry(variable, factor, run.Amount, isNew);
            AddToRows(run.First, run.End, entry);
            AddToRows(run.Second, run.SecondEnd, entry);
        }
    }

    /// <summary>Adds a constraint for every row.</summary>
    /// <param name="free">Free seats of every row, those of the model's requests included.</param>
    public void AddConstraints(long[] free)
    {
        (List<Entry>? before, var beforeRoom) = (null, 0L);
        foreach (var (row, entries) in _rows.OrderBy(pair => pair.Key))
        {
            var room = Math.Max(0, free[row]);
            var current = entries.Where(entry => !entry.IsNew).Sum(entry => entry.Most);
            if (current > room)
                AddOverfull(row, entries, current, room);
            else if (before is null || beforeRoom != room || !IsSame(before, entries))
                model.Add(Sum(entries) <= room);
            (before, beforeRoom) = current > room ? (null, 0) : (entries, room);
        }
    }

    private void AddToRows(int first, int end, Entry entry)
    {
        for (var row = first; row < end; row++)
        {
            if (!_rows.TryGetValue(row, out var entries))
                _rows.Add(row, entries = []);
            entries.Add(entry);
        }
    }

    /// <summary>Current assignments may overfill the row. While they do, nothing new may enter.</summary>
    private void AddOverfull(int row, List<Entry> entries, long current, long room)
    {
        var excess = model.NewIntVar(0, current - room, $"excess{row}");
        var isOver = model.NewBoolVar("");
        Excess.Add(excess);
        model.Add(Sum(entries) <= room + excess);
        model.Add(excess <= isOver * (current - room));
        foreach (var entry in entries.Where(entry => entry.IsNew))
            model.Add(entry.Var == 0).OnlyEnforceIf(isOver);
    }

    private static LinearExpr Sum(List<Entry> entries) => LinearExpr.WeightedSum(entries.Select(entry => entry.Var), entries.Select(entry => entry.Factor));

    private static bool IsSame(List<Entry> one, List<Entry> two)
    {
        if (one.Count != two.Count)
            return false;
        for (var at = 0; at < one.Count; at++)
        {
            if (one[at].Factor != two[at].Factor || one[at].Var.Index != two[at].Var.Index)
                return false;
        }
        return true;
    }

    private readonly record struct Entry(IntVar Var, long Factor, long Most, bool IsNew);
}
