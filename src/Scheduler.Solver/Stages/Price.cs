namespace Scheduler.Solver;

/// <summary>Stage 4: prices of the rows and a proven bound, by Lagrangian relaxation of the capacity rows (Geoffrion 1974). In the relaxed problem each
/// request takes its best option (a generalized upper bound). <see cref="Subgradient"/> searches for good prices. The bound holds for any prices; better
/// prices only make it tighter. Each component has a step of its own; rows of a limit belong to the component of the limit's first request.</summary>
internal sealed class Price
{
    // Passes without a better bound after which a component's step is shortened (Held, Wolfe, Crowder 1974).
    private const int Patience = 12;
    private const double StepReduction = 0.6;
    private const double LeastImprovement = 1e-7;
    private const int PassesBetweenReports = 16;
    private readonly OptionTable _table;
    private readonly long[] _capacity;
    private readonly PricePass _pass;
    private readonly Subgradient _subgradient;
    private readonly int[] _rowComponent;
    private readonly double[] _bestPrice;
    private readonly double[] _bestBound;
    private readonly int[] _stale;
    private readonly double _valueMagnitude;

    /// <param name="table">The options.</param>
    /// <param name="capacity">Row capacities of the bound. An overfull row counts with the seats of its current assignments, which may stay.</param>
    /// <param name="prices">The first prices; afterwards the best prices found.</param>
    /// <param name="highest">The highest price of each row; null for no limit.</param>
    public Price(OptionTable table, long[] capacity, Prices prices, double[]? highest = null)
    {
        (_table, _capacity, Prices) = (table, capacity, prices);
        _pass = new PricePass(table, prices);
        _rowComponent = RowComponents(table);
        _subgradient = new Subgradient(capacity, prices, _pass.Seats, _rowComponent, table.Components) { HighestPrice = highest };
        (_bestPrice, _bestBound, _stale) = ((double[])prices.Price.Clone(), new double[table.Components], new int[table.Components]);
        Array.Fill(_bestBound, double.PositiveInfinity);
        _valueMagnitude = LargestNetValues(table);
    }

    public static void Run(SolveRun run)
    {
        var (table, stop) = (run.Table, run.Stop);
        var price = new Price(table, BoundCapacity(run), run.Prices) { IsMandatoryServed = run.IsMandatoryServed };
        if (run.WarmStart != WarmStartKind.None)
            price._subgradient.StartNearOptimum();
        // After a cancel there is no target: one pass at the present prices proves a bound.
        var target = stop.IsSet ? new double[table.Components] : TargetValues(run);
        price.Run(SearchSettings.Passes(table, run.Budget.Effort, run.WarmStart), target, run.Budget.Threads, stop, run.ReportProgress);
        run.TightenBound(price.Bound);
        if (!run.IsMandatoryServed && run.Incumbent.MandatoryValue() is var served and > 0)
            run.TightenBound(price.BoundWith(served));
        run.ComponentBound = [.. price._bestBound];
    }

    public Prices Prices { get; }

    /// <summary>Whether the bound may rely on every mandatory request with options being served.</summary>
    public bool IsMandatoryServed { get; init; } = true;

    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>Runs passes towards the target value of each component.</summary>
    public void Run(int passes, double[] target, int threads, StopSignal stop, Action<double> report)
    {
        for (var pass = 0; pass < passes && !stop.IsSet; pass++)
        {
            Prices.UpdatePrefixSums();
            _pass.Run(threads, IsMandatoryServed);
            var values = DualValues();
            KeepBest(values);
            if (!_subgradient.Step(values, target))
                break;
            if (pass % PassesBetweenReports == 0)
                report(pass / (double)passes);
        }
        // The best prices of each component together. Without limits that span components, this bound is the sum of the components' bounds.
        Array.Copy(_bestPrice, Prices.Price, _bestPrice.Length);
        Prices.UpdatePrefixSums();
        _pass.Run(threads, IsMandatoryServed);
        KeepBest(DualValues());
        Array.Copy(_bestPrice, Prices.Price, _bestPrice.Length);
        Prices.UpdatePrefixSums();
    }

    /// <summary>A bound that relies on so much mandatory value being served, as every plan that keeps the order of the aims does. It has one more multiplier,
    /// for the constraint Σ mandatory value ≥ served, at the best prices. The dual is convex in that multiplier, so ternary search finds its
    /// minimum.</summary>
    public double BoundWith(double served)
    {
        const int Steps = 80;
        var rest = 0.0;
        var mandatory = new List<(double Reduced, double Value)>();
        for (var r = 0; r < _table.Requests; r++)
        {
            if (_table.Service[r] == ServiceClass.Mandatory && _table.FirstOption[r + 1] > _table.FirstOption[r])
            {
                mandatory.Add((Prices.Best(r).Best, _table.Value[r]));
                rest -= Math.Max(0, mandatory[^1].Reduced);
            }
        }
        var total = DualValues().Sum() + rest;
        var magnitude = _pass.Magnitude + Math.Abs(total) + mandatory.Sum(one => Math.Abs(one.Reduced));
        double Dual(double multiplier) => total - (multiplier * served) + mandatory.Sum(one => Math.Max(0, one.Reduced + (multiplier * one.Value)));
        var (low, high) = (0.0, mandatory.Max(one => one.Value > 0 ? Math.Max(0, -one.Reduced / one.Value) : 0) + 1);
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Dual(left) <= Dual(right))
                high = right;
            else
                low = left;
        }
        var best = (low + high) / 2;
        // The value served is a sum with rounding errors too, and counts with the multiplier.
        var ofServed = best * (served + mandatory.Sum(one => one.Value));
        var capacityCost = 0.0;
        for (var row = 0; row < _table.Rows; row++)
            capacityCost += Prices.Price[row] * _capacity[row];
        return Dual(best) + RoundingError(capacityCost) + Rounding.OfSum((4L * _table.Requests) + 8, magnitude + ofServed);
    }

    /// <summary>The value that each component reaches when every unserved request is placed greedily. A warm start uses its own plan.</summary>
    private static double[] TargetValues(SolveRun run)
    {
        if (run.WarmStart != WarmStartKind.None)
            return run.ValueByComponent();
        var (table, probe) = (run.Table, new Incumbent(run.Table));
        probe.Restore(run.Incumbent.Snapshot());
        Construct.Run(probe, run.Prices, run.Stop);
        var values = new double[table.Components];
        for (var unit = 0; unit < probe.Option.Length; unit++)
            values[table.Component[probe.UnitRequest[unit]]] += probe.Option[unit] >= 0 ? probe.NetValue(unit) : 0;
        return values;
    }

    /// <summary>The most seats that a row can hold in any plan that keeps the order of the aims: its capacity, or the seats of its current assignments where
    /// they overfill it and the shortfall stage could not help. Once no row is overfull, every best plan has none, and capacity alone counts.</summary>
    private static long[] BoundCapacity(SolveRun run)
    {
        var capacity = (long[])run.Table.Capacity.Clone();
        if (ShortfallReduction.Excess(run.Incumbent) == 0)
            return capacity;
        var current = new Incumbent(run.Table);
        Construct.CurrentAssignments(current);
        for (var row = 0; row < capacity.Length; row++)
            capacity[row] -= Math.Min(0, current.Usage.Free[row]);
        return capacity;
    }

    /// <summary>The dual value of each component at the present prices. Their sum is a bound.</summary>
    private double[] DualValues()
    {
        var values = new double[_table.Components];
        var capacityCost = 0.0;
        for (var row = 0; row < _table.Rows; row++)
        {
            if (Prices.Price[row] <= 0)
                continue;
            // The same difference of prefix sums that options pay, so that the bound is of exactly those prices.
            var cost = (Prices.PrefixSum[row + 1] - Prices.PrefixSum[row]) * _capacity[row];
            values[_rowComponent[row]] += cost;
            capacityCost += cost;
        }
        for (var component = 0; component < values.Length; component++)
            values[component] += _pass.ComponentSum[component];
        Bound = Math.Min(Bound, values.Sum() + RoundingError(capacityCost));
        return values;
    }

    /// <summary>The greatest rounding error of the dual value; adding it keeps the bound proven. It has three parts: the sum over requests, the sum over
    /// rows, and the reduced values themselves. An option that rounding kept from being the best has a price of at most its net value and the best reduced
    /// value together.</summary>
    private double RoundingError(double capacityCost)
    {
        var ofRequests = Rounding.OfSum(_pass.LongestSum + _table.Components + 2L, _pass.Magnitude);
        var ofRows = Rounding.OfSum(_table.Rows + _table.Components + 4L, capacityCost);
        var ofOptions = Rounding.OfSum(_table.Profiles.MostRuns + 8L, (2 * _valueMagnitude) + _pass.Magnitude);
        return ofRequests + ofRows + ofOptions;
    }

    private void KeepBest(double[] values)
    {
        for (var component = 0; component < values.Length; component++)
        {
            if (values[component] < _bestBound[component] - (LeastImprovement * Math.Abs(_bestBound[component])))
                _stale[component] = 0;
            else if (++_stale[component] >= Patience)
                (_subgradient.StepLength[component], _stale[component]) = (_subgradient.StepLength[component] * StepReduction, 0);
        }
        for (var row = 0; row < _table.Rows; row++)
        {
            if (values[_rowComponent[row]] < _bestBound[_rowComponent[row]])
                _bestPrice[row] = Prices.Price[row];
        }
        for (var component = 0; component < values.Length; component++)
            _bestBound[component] = Math.Min(_bestBound[component], values[component]);
    }

    /// <summary>The sum of the greatest magnitudes of the requests' net values.</summary>
    private static double LargestNetValues(OptionTable table)
    {
        var sum = 0.0;
        for (var r = 0; r < table.Requests; r++)
        {
            var largest = 0.0;
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
                largest = Math.Max(largest, Math.Abs(table.NetValue[option]));
            sum += largest;
        }
        return sum;
    }

    private static int[] RowComponents(OptionTable table)
    {
        var components = new int[table.Rows];
        Array.Fill(components, -1);
        var groupComponent = new int[table.Groups];
        Array.Fill(groupComponent, -1);
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Group[r] >= 0 && groupComponent[table.Group[r]] < 0)
                groupComponent[table.Group[r]] = table.Component[r];
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                if (table.Profiles.Span[table.Profile[option]] == 0)
                    continue;
                components[table.Row[option]] = table.Component[r];
                if (table.SecondRow[option] >= 0)
                    components[table.SecondRow[option]] = groupComponent[table.Group[r]];
            }
        }
        // Rows of one pool or limit are consecutive and in one component: a row where no option begins belongs to the component of the row before.
        for (var row = 0; row < components.Length; row++)
            components[row] = components[row] >= 0 ? components[row] : row == 0 ? 0 : components[row - 1];
        return components;
    }
}
