using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>A whole season, small enough for one model, in the order of the plan's aims: least shortfall, then the most mandatory value, then the aim.
/// Each is proven before it becomes a condition of the next; the model then stays at hand for sharing.</summary>
internal sealed class ExactPlan
{
    /// <summary>Row entries up to which a whole season is one model.</summary>
    public const long MostEntries = 30_000;
    private readonly Season _season;
    private readonly Incumbent _incumbent;
    private readonly ExactSolve _solve;
    private readonly int[] _requests;
    private readonly ExactModel _exact;
    private readonly WorthScale _scale;

    public ExactPlan(Season season, Incumbent incumbent, ExactSolve solve)
    {
        (_season, _incumbent, _solve) = (season, incumbent, solve);
        var table = season.Table;
        _requests = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r])];
        _exact = new ExactModel(incumbent, _requests, r => table.Duty[r] == Duty.Sits);
        _scale = _exact.ScaleOf(Worth);
    }

    /// <summary>Proven bound on the aim; infinite when an earlier aim could not be proven in time.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the incumbent is proven to be best.</summary>
    public bool IsOptimal { get; private set; }

    public CpModel Model => _exact.Model;

    public ExactModel Exact => _exact;

    /// <summary>Solves aim by aim; better answers go into the incumbent.</summary>
    public void Run(double deterministicSeconds)
    {
        var proven = true;
        if (_exact.Excess.Count > 0)
        {
            Model.Minimize(LinearExpr.Sum(_exact.Excess));
            if (!Improve(deterministicSeconds, out var least, ref proven))
                return;
            Model.Add(LinearExpr.Sum(_exact.Excess) <= least);
        }
        if (_requests.Any(r => _season.Table.Duty[r] == Duty.Mandatory))
        {
            double Mandatory(int r, int _) => _season.Table.Duty[r] == Duty.Mandatory ? _season.Table.Value[r] : 0;
            var sum = _exact.Sum(Mandatory, _exact.ScaleOf(Mandatory));
            Model.Maximize(sum);
            if (!Improve(deterministicSeconds, out var most, ref proven))
                return;
            Model.Add(sum >= most);
        }
        var aim = _exact.Sum(Worth, _scale);
        Model.Maximize(aim);
        var isBest = true;
        if (!Improve(deterministicSeconds, out _, ref isBest))
            return;
        if (!proven || _requests.Any(_incumbent.IsCapped))
            return;
        Bound = (_solve.Solver.BestObjectiveBound / _scale.Unit) + Rounding();
        IsOptimal = isBest;
    }

    /// <summary>Adds that the aim must reach so much, and takes the objective away.</summary>
    public void RequireValue(double value)
    {
        // What lies exactly on the floor is within it, however its sum was rounded.
        var least = (value - Rounding()) * _scale.Unit;
        Model.Add(_exact.Sum(Worth, _scale) >= (long)Math.Ceiling(least - Math.Max(1e-6, 1e-13 * Math.Abs(least))));
    }

    public void MaximizeValue() => Model.Maximize(_exact.Sum(Worth, _scale));

    /// <summary>Solves the model with its present objective; on an answer it becomes incumbent and hint. False when there is none.</summary>
    public bool Improve(double deterministicSeconds, out long objective, ref bool proven)
    {
        objective = 0;
        var status = _solve.Run(Model, deterministicSeconds);
        proven &= status == CpSolverStatus.Optimal;
        if (!ExactSolve.HasAnswer(status))
            return false;
        objective = (long)Math.Round(_solve.Solver.ObjectiveValue);
        _exact.Apply(_solve.Solver);
        _exact.Rehint(_solve.Solver);
        return true;
    }

    private double Worth(int r, int option) => _season.Table.Worth[option];

    /// <summary>What rounding of the weights may hide, over all requests.</summary>
    private double Rounding()
    {
        var (table, sum) = (_season.Table, 0.0);
        foreach (var r in _requests)
        {
            var most = 0.0;
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                most = Math.Max(most, table.IsSplit(r)
                    ? _scale.Error(table.Worth[option] / table.Size[r]) * table.Size[r]
                    : _scale.Error(table.Worth[option]));
            }
            sum += most;
        }
        return sum;
    }
}
