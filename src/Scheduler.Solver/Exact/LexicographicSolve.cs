using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Solves a whole season as one model, in the order of the plan's aims: the least shortfall, then the greatest mandatory value, then the greatest
/// net value. The result of each aim becomes a constraint of the next. Sharing uses the model again.</summary>
internal sealed class LexicographicSolve
{
    private readonly Season _season;
    private readonly Incumbent _incumbent;
    private readonly ExactSolve _solve;
    private readonly int[] _requests;
    private readonly ExactModel _exact;
    private readonly IntegerScale _scale;

    public LexicographicSolve(Season season, Incumbent incumbent, ExactSolve solve)
    {
        (_season, _incumbent, _solve) = (season, incumbent, solve);
        var table = season.Table;
        _requests = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r])];
        _exact = new ExactModel(incumbent, _requests, r => table.Service[r] == ServiceClass.Current);
        _scale = _exact.ScaleOf(NetValue);
    }

    /// <summary>Proven bound on the net value; infinite when an earlier aim was not proven in time.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether the incumbent is proven to be best.</summary>
    public bool IsOptimal { get; private set; }

    public CpModel Model => _exact.Model;

    public ExactModel Exact => _exact;

    /// <summary>Solves aim by aim; each answer is placed in the incumbent.</summary>
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
        if (_requests.Any(r => _season.Table.Service[r] == ServiceClass.Mandatory))
        {
            double Mandatory(int r, int _) => _season.Table.Service[r] == ServiceClass.Mandatory ? _season.Table.Value[r] : 0;
            var sum = _exact.Sum(Mandatory, _exact.ScaleOf(Mandatory));
            Model.Maximize(sum);
            if (!Improve(deterministicSeconds, out var most, ref proven))
                return;
            Model.Add(sum >= most);
        }
        var aim = _exact.Sum(NetValue, _scale);
        Model.Maximize(aim);
        var isBest = true;
        if (!Improve(deterministicSeconds, out _, ref isBest))
            return;
        if (!proven || _requests.Any(_incumbent.IsPartCountCapped))
            return;
        Bound = (_solve.Solver.BestObjectiveBound / _scale.Unit) + ScalingError();
        IsOptimal = isBest;
    }

    /// <summary>Adds the constraint that the net value reaches at least <paramref name="value"/>.</summary>
    public void RequireValue(double value)
    {
        // A plan exactly on the floor must satisfy the constraint, however its sum was rounded.
        var least = (value - ScalingError()) * _scale.Unit;
        Model.Add(_exact.Sum(NetValue, _scale) >= (long)Math.Ceiling(least - Math.Max(1e-6, 1e-13 * Math.Abs(least))));
    }

    public void MaximizeValue() => Model.Maximize(_exact.Sum(NetValue, _scale));

    /// <summary>Solves the model with its present objective. The answer becomes the incumbent and the next hint. Returns false when there is none.</summary>
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

    private double NetValue(int r, int option) => _season.Table.NetValue[option];

    /// <summary>The greatest error that scaled weights can cause, summed over all requests.</summary>
    private double ScalingError()
    {
        var (table, sum, magnitude) = (_season.Table, 0.0, 0.0);
        foreach (var r in _requests)
        {
            var (most, largest) = (0.0, 0.0);
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                largest = Math.Max(largest, Math.Abs(table.NetValue[option]));
                most = Math.Max(most, table.IsSplit(r)
                    ? _scale.Error(table.NetValue[option] / table.Size[r]) * table.Size[r]
                    : _scale.Error(table.NetValue[option]));
            }
            sum += most;
            magnitude += largest;
        }
        // Weights that are scaled to the last digit give an integer sum without any error.
        return sum == 0 ? 0 : sum + Rounding.OfSum((3L * _requests.Length) + 4L, sum + magnitude);
    }
}
