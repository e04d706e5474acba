using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>The state that the stages of one solve share: season, incumbent, prices, bound, stop signal and the report of each stage.</summary>
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

    /// <summary>Whether every mandatory request that has options is served. The bound may then rely on it.</summary>
    public bool IsMandatoryServed { get; set; }

    /// <summary>Best bound of each component. Their sum is a bound of the season only where no limit spans components.</summary>
    public double[] ComponentBound { get; set; } = [];

    /// <summary>Components where the search over orders gave the best plan: other neighbourhoods find nothing more there.</summary>
    public bool[] IsOrdered { get; set; } = [];

    /// <summary>The whole season as one model when it is small enough, else null.</summary>
    public LexicographicSolve? Whole { get; set; }

    /// <summary>Value of the incumbent, fixed requests included.</summary>
    public double Value { get; private set; }

    /// <summary>Proven bound, fixed requests included.</summary>
    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>The bound, or null when none is proven yet.</summary>
    private double? ProvenBound => double.IsFinite(Bound) ? Bound : null;

    public List<StageReport> Reports { get; } = [];

    /// <summary>What the solve starts from. A warm start is repaired, not solved anew.</summary>
    public WarmStartKind WarmStart { get; private set; }

    /// <summary>Takes the presolved season and places every current assignment.</summary>
    public void Start(Season season)
    {
        (Season, Incumbent, Prices, Ratios) = (season, new Incumbent(season.Table), new Prices(season.Table), new ServedRatios(season, stop));
        IsOrdered = new bool[season.Table.Components];
        Construct.CurrentAssignments(Incumbent);
    }

    /// <summary>A run of the same budget on a part of the season, with the current assignments where they are.</summary>
    public SolveRun OfPart(Season part)
    {
        var run = new SolveRun(budget, null, stop) { IsPart = true, IsMandatoryServed = true };
        (run.Season, run.Incumbent, run.Prices) = (part, new Incumbent(part.Table), new Prices(part.Table));
        run.IsOrdered = new bool[part.Table.Components];
        return run;
    }

    /// <summary>Whether the run works on the mandatory part: what can be served counts, so no gap is negligible.</summary>
    public bool IsPart { get; private init; }

    /// <summary>Whether the value reaches the bound, but for rounding.</summary>
    public bool IsBestProven() => Bound - Value <= 1e-9 * Math.Abs(Value);

    /// <summary>Restores the old plan. New mandatory requests then take the free room. When one of them finds none, every optional request is removed, the
    /// mandatory ones are served first, and the optional ones are restored as far as there is room.</summary>
    public void ApplyWarmStart(WarmStart warm)
    {
        WarmStart = warm.Kind;
        var previous = warm.Match(Season, Incumbent, Prices);
        Incumbent.Previous = previous;
        previous.Apply(onlyMandatory: false);
        if (MandatoryStage.InsertGreedily(this))
            return;
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0 && Table.Service[Incumbent.UnitRequest[unit]] != ServiceClass.Current)
                Incumbent.Remove(unit);
        }
        previous.Apply(onlyMandatory: true);
        MandatoryStage.Run(this);
        previous.Apply(onlyMandatory: false);
    }

    /// <summary>Adds the value up again.</summary>
    public void RecomputeValue() => Value = Season.FixedValue + Incumbent.Value();

    /// <summary>The part of the value that search can change, by component: all of it for an optional request, the loss against the best option for a
    /// request that must be served. Gaps are compared with this sum, so that a large value on every mandatory request cannot hide them.</summary>
    public double[] AdjustableValue()
    {
        var adjustable = new double[Table.Components];
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0)
                adjustable[Table.Component[Incumbent.UnitRequest[unit]]] += Table.AdjustableValue(Incumbent.UnitRequest[unit], Incumbent.NetValue(unit));
        }
        return adjustable;
    }

    /// <summary>A gap below this is negligible: a thousandth of the adjustable value, plus rounding.</summary>
    public double NegligibleGap() => (IsPart ? 0 : SearchSettings.NegligibleGap * AdjustableValue().Sum()) + (1e-9 * Math.Abs(Value));

    /// <summary>Lowers the bound to a newly proven one, given without the fixed requests.</summary>
    public void TightenBound(double bound) => Bound = Math.Min(Bound, Season.FixedValue + bound);

    /// <summary>Runs one stage and reports it.</summary>
    public void Stage(string name, Action work)
    {
        var started = Stopwatch.GetTimestamp();
        _stage = name;
        work();
        RecomputeValue();
        Reports.Add(new StageReport(name, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3), Value, ProvenBound));
        ReportProgress(1);
    }

    public void ReportProgress(double done) =>
        progress?.Report(new SolveProgress(_stage, stop.Seconds, Value, ProvenBound, done));

    /// <summary>Bound less value of each component that models may still improve.</summary>
    public double[] LossByComponent() => [.. ValueByComponent()
        .Select((value, component) => IsOrdered[component] ? 0 : Math.Max(0, ComponentBound[component] - value))];

    /// <summary>Net value of the incumbent by component.</summary>
    public double[] ValueByComponent()
    {
        var values = new double[Table.Components];
        for (var unit = 0; unit < Incumbent.Option.Length; unit++)
        {
            if (Incumbent.Option[unit] >= 0)
                values[Table.Component[Incumbent.UnitRequest[unit]]] += Incumbent.NetValue(unit);
        }
        return values;
    }
}
