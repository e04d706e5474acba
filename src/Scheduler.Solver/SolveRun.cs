using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>What the stages of one solve share: the season, the incumbent, prices and bound, the stop signal, and the report of each stage.</summary>
internal sealed class SolveRun(SolveBudget budget, IProgress<SolveProgress>? progress, StopSignal stop)
{
    private string _stage = "";

    public SolveBudget Budget => budget;

    public StopSignal Stop => stop;

    public ExactSolve Exact { get; } = new(budget.Seed, stop);

    public Season Season { get; private set; } = null!;

    public OptionTable Table => Season.Table;

    public Incumbent Incumbent { get; private set; } = null!;

    public Prices Prices { get; private set; } = null!;

    public ServedRatios Ratios { get; private set; } = null!;

    /// <summary>Whether every mandatory request that has options is served: the bound may then count on it.</summary>
    public bool IsMandatoryServed { get; set; }

    /// <summary>Best bound of each block; their sum is a bound only where no limit spans blocks.</summary>
    public double[] BlockBound { get; set; } = [];

    /// <summary>The whole season as one model, where it is small enough; null else.</summary>
    public ExactPlan? Whole { get; set; }

    /// <summary>Value of the incumbent, what is fixed included.</summary>
    public double Value { get; private set; }

    /// <summary>Proven bound, what is fixed included.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    public List<StageReport> Reports { get; } = [];

    /// <summary>Takes the reduced season and puts what sits today in its place.</summary>
    public bool Open(Season season)
    {
        (Season, Incumbent, Prices, Ratios) = (season, new Incumbent(season.Table), new Prices(season.Table), new ServedRatios(season, stop));
        Place.Sitting(Incumbent);
        return true;
    }

    /// <summary>What the solve started from: yesterday's plan is mended, not made anew.</summary>
    public Warmth Warmth { get; private set; }

    /// <summary>Puts the old plan back. What is mandatory and new then takes what room is left; only when some of it finds none is the rest taken out again until all that is
    /// mandatory has had its choice.</summary>
    public bool Warm(WarmStart warm)
    {
        Warmth = warm.Warmth;
        var homes = warm.Open(Season, Incumbent, Prices);
        Incumbent.Homes = homes;
        WarmStart.Place(Incumbent, homes, onlyMandatory: false);
        if (MustServe.Greedily(this))
            return true;
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0 && Table.Duty[Incumbent.UnitRequest[unit]] != Duty.Sits)
                Incumbent.Remove(unit);
        }
        WarmStart.Place(Incumbent, homes, onlyMandatory: true);
        MustServe.Run(this);
        WarmStart.Place(Incumbent, homes, onlyMandatory: false);
        return true;
    }

    /// <summary>Adds the value up anew.</summary>
    public void Count() => Value = Season.FixedValue + Incumbent.Value();

    /// <summary>What search can change, by block: the worth of what is served, of what must be served only how far its options differ. A gap is judged against this, so that a
    /// large value on every mandatory request does not hide it.</summary>
    public double[] AtStake()
    {
        var stake = new double[Table.Blocks];
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0)
                stake[Table.Block[Incumbent.UnitRequest[unit]]] += Table.AtStake(Incumbent.UnitRequest[unit], Incumbent.Worth(unit));
        }
        return stake;
    }

    /// <summary>A gap so small that more work buys next to nothing: a thousandth of what is at stake, and what rounding leaves.</summary>
    public double Near() => (1e-3 * AtStake().Sum()) + (1e-9 * Math.Abs(Value));

    /// <summary>Lowers the bound to a proven one, what is fixed not included.</summary>
    public void Prove(double bound) => Bound = Math.Min(Bound, Season.FixedValue + bound);

    public void Stage<T>(string name, Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        _stage = name;
        work();
        Count();
        Reports.Add(new StageReport(name, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3), Value, double.IsFinite(Bound) ? Bound : Value));
        Tell(1);
    }

    public void Tell(double done) => progress?.Report(new SolveProgress(_stage, stop.Seconds, Value, double.IsFinite(Bound) ? Bound : null, done));

    /// <summary>What every block's bound is above its value.</summary>
    public double[] LostByBlock() => [.. ValueByBlock().Select((value, block) => Math.Max(0, BlockBound[block] - value))];

    /// <summary>Net value of the incumbent by block.</summary>
    public double[] ValueByBlock()
    {
        var values = new double[Table.Blocks];
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0)
                values[Table.Block[Incumbent.UnitRequest[unit]]] += Incumbent.Worth(unit);
        }
        return values;
    }
}
