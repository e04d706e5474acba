namespace Scheduler.Solver;

/// <summary>Stage 2: prices for the rows and a proven bound, by Lagrangian relaxation of the capacity rows (Geoffrion 1974; the relaxed problem is one choice per
/// request, a generalized upper bound). Deflected subgradient (Camerini, Fratta, Maffioli 1975) with Polyak's step towards the value reached so far, halved
/// when passes bring no better bound (Held, Wolfe, Crowder 1974). The bound is valid for any prices; the search only makes it tight.
/// Every block has a step of its own; limits' rows go with the block of their first request.</summary>
internal sealed class Price
{
    private const int Patience = 12;
    private readonly OptionTable _table;
    private readonly long[] _capacity;
    private readonly PricePass _pass;
    private readonly int[] _rowBlock;
    private readonly double[] _direction;
    private readonly double[] _bestPrice;
    private readonly double[] _bestOfBlock;
    private readonly double[] _theta;
    private readonly int[] _stale;

    /// <param name="table">The options.</param>
    /// <param name="capacity">Row capacity that the bound may count on: what sits in an overfull row may stay there.</param>
    /// <param name="prices">Start, and afterwards the best prices found.</param>
    public Price(OptionTable table, long[] capacity, Prices prices)
    {
        (_table, _capacity, Prices) = (table, capacity, prices);
        _pass = new PricePass(table, prices);
        _rowBlock = RowBlocks(table);
        (_direction, _bestPrice) = (new double[table.Rows], (double[])prices.Price.Clone());
        (_bestOfBlock, _theta, _stale) = (new double[table.Blocks], new double[table.Blocks], new int[table.Blocks]);
        Array.Fill(_bestOfBlock, double.PositiveInfinity);
        Array.Fill(_theta, 1.0);
    }

    public static bool Run(SolveRun run)
    {
        var (table, stop) = (run.Table, run.Stop);
        var price = new Price(table, BoundCapacity(run), run.Prices) { IsMandatoryServed = run.IsMandatoryServed };
        // Old prices are near the new ones, and any prices prove a bound: a few passes then tighten it, and small steps keep what they know.
        if (run.Warmth != Warmth.Cold)
            Array.Fill(price._theta, 0.1);
        // Cut before the first pass nothing is aimed at: one look at the prices there are proves a bound.
        var reached = stop.IsSet ? new double[table.Blocks] : Reached(run);
        price.Run(PassesFor(table, run.Budget.Effort, run.Warmth), reached, run.Budget.Threads, stop, run.Tell);
        run.Prove(price.Bound);
        if (!run.IsMandatoryServed && run.Incumbent.MandatoryValue() is var served and > 0)
            run.Prove(price.BoundWith(served));
        run.BlockBound = [.. price.BlockBound];
        return true;
    }

    public Prices Prices { get; }

    /// <summary>Whether the bound may count on every mandatory request that has options being served.</summary>
    public bool IsMandatoryServed { get; init; } = true;

    public double Bound { get; private set; } = double.PositiveInfinity;

    /// <summary>The best bound of each block.</summary>
    public IReadOnlyList<double> BlockBound => _bestOfBlock;

    /// <summary>Runs so many passes towards the values reached in each block.</summary>
    public void Run(int passes, double[] reached, int threads, StopSignal stop, Action<double> tell)
    {
        for (var pass = 0; pass < passes && !stop.IsSet; pass++)
        {
            Prices.Sum();
            _pass.Run(threads, IsMandatoryServed);
            var totals = Totals();
            Keep(totals);
            if (!Step(totals, reached))
                break;
            if ((pass & 15) == 0)
                tell(pass / (double)passes);
        }
        // The best of each block, put together: without shared limits that is the sum of the blocks' bounds.
        Array.Copy(_bestPrice, Prices.Price, _bestPrice.Length);
        Prices.Sum();
        _pass.Run(threads, IsMandatoryServed);
        Keep(Totals());
        Array.Copy(_bestPrice, Prices.Price, _bestPrice.Length);
        Prices.Sum();
    }

    /// <summary>A bound that counts on so much mandatory value being served, which every plan that keeps the order of the aims does: one more multiplier, for the row
    /// Σ mandatory value ≥ served, at the best prices. The dual is convex in it, so its best value is found by halving.</summary>
    public double BoundWith(double served)
    {
        var rest = 0.0;
        var mandatory = new List<(double Reduced, double Value)>();
        for (var r = 0; r < _table.Requests; r++)
        {
            if (_table.Duty[r] == Duty.Mandatory && _table.FirstOption[r + 1] > _table.FirstOption[r])
            {
                mandatory.Add((Prices.Best(r).Best, _table.Value[r]));
                rest -= Math.Max(0, mandatory[^1].Reduced);
            }
        }
        var total = Totals().Sum() + rest;
        double Dual(double multiplier) => total - (multiplier * served) + mandatory.Sum(one => Math.Max(0, one.Reduced + (multiplier * one.Value)));
        var (low, high) = (0.0, mandatory.Max(one => one.Value > 0 ? Math.Max(0, -one.Reduced / one.Value) : 0) + 1);
        for (var step = 0; step < 80; step++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Dual(left) <= Dual(right))
                high = right;
            else
                low = left;
        }
        return Dual((low + high) / 2) + (1e-11 * (_pass.Magnitude + Math.Abs(total)));
    }

    private static int PassesFor(OptionTable table, double effort, Warmth warmth)
    {
        var passes = (int)(effort * (table.Options < 300_000 ? 400 : table.Options < 1_000_000 ? 250 : 160));
        return warmth switch { Warmth.Cold => passes, Warmth.Prices => 1 + (passes / 10), _ => 1 + (passes / 80) };
    }

    /// <summary>What each block is worth by now, what waits placed greedily; a warm start's own plan will do.</summary>
    private static double[] Reached(SolveRun run)
    {
        if (run.Warmth != Warmth.Cold)
            return run.ValueByBlock();
        var (table, probe) = (run.Table, new Incumbent(run.Table));
        probe.Restore(run.Incumbent.Snapshot());
        Place.Run(probe, run.Prices, run.Stop);
        var reached = new double[table.Blocks];
        for (var unit = 0; unit < probe.Option.Length; unit++)
            reached[table.Block[probe.UnitRequest[unit]]] += probe.Option[unit] >= 0 ? probe.Worth(unit) : 0;
        return reached;
    }

    /// <summary>What a row can hold at most in any plan that keeps the order of the aims: its capacity, or, where what sits overfills it and relief could not help,
    /// what sits. Once all that is overfull is relieved, every best plan is so, and capacity alone counts.</summary>
    private static long[] BoundCapacity(SolveRun run)
    {
        var capacity = (long[])run.Table.Capacity.Clone();
        if (Relieve.Excess(run.Incumbent) == 0)
            return capacity;
        var sitting = new Incumbent(run.Table);
        Place.Sitting(sitting);
        for (var row = 0; row < capacity.Length; row++)
            capacity[row] -= Math.Min(0, sitting.Usage.Free[row]);
        return capacity;
    }

    private double[] Totals()
    {
        var totals = new double[_table.Blocks];
        var capacityCost = 0.0;
        for (var row = 0; row < _table.Rows; row++)
        {
            if (Prices.Price[row] <= 0)
                continue;
            // The same difference of running sums that options pay, so that the bound is of exactly those prices.
            var cost = (Prices.Before[row + 1] - Prices.Before[row]) * _capacity[row];
            totals[_rowBlock[row]] += cost;
            capacityCost += cost;
        }
        for (var block = 0; block < totals.Length; block++)
            totals[block] += _pass.BlockSum[block];
        // Sums of a few million doubles err by far less than this share of what was added; it keeps the bound proven.
        var rounding = 1e-12 * (capacityCost + _pass.Magnitude);
        Bound = Math.Min(Bound, totals.Sum() + rounding);
        return totals;
    }

    private void Keep(double[] totals)
    {
        for (var block = 0; block < totals.Length; block++)
        {
            if (totals[block] < _bestOfBlock[block] - (1e-7 * Math.Abs(_bestOfBlock[block])))
                _stale[block] = 0;
            else if (++_stale[block] >= Patience)
                (_theta[block], _stale[block]) = (_theta[block] * 0.6, 0);
        }
        for (var row = 0; row < _table.Rows; row++)
        {
            if (totals[_rowBlock[row]] < _bestOfBlock[_rowBlock[row]])
                _bestPrice[row] = Prices.Price[row];
        }
        for (var block = 0; block < totals.Length; block++)
            _bestOfBlock[block] = Math.Min(_bestOfBlock[block], totals[block]);
    }

    /// <summary>Moves the prices against the deflected subgradient; false when no block can gain any more.</summary>
    private bool Step(double[] totals, double[] reached)
    {
        var blocks = totals.Length;
        var (dot, old, norm, own) = (new double[blocks], new double[blocks], new double[blocks], new double[blocks]);
        for (var row = 0; row < _table.Rows; row++)
        {
            var gradient = Gradient(row);
            dot[_rowBlock[row]] += gradient * _direction[row];
            old[_rowBlock[row]] += _direction[row] * _direction[row];
            own[_rowBlock[row]] += gradient * gradient;
        }
        for (var block = 0; block < blocks; block++)
        {
            // Deflected only while that still leads downhill: with few rows it could turn the step round.
            var deflection = old[block] > 0 && dot[block] < 0 ? -1.5 * dot[block] / old[block] : 0;
            dot[block] = own[block] + (deflection * dot[block]) > 0.05 * own[block] ? deflection : 0;
        }
        for (var row = 0; row < _table.Rows; row++)
        {
            var block = _rowBlock[row];
            _direction[row] = Gradient(row) + (dot[block] * _direction[row]);
            if (Prices.Price[row] <= 0 && _direction[row] > 0)
                _direction[row] = 0;
            norm[block] += _direction[row] * _direction[row];
        }
        var moves = false;
        for (var block = 0; block < blocks; block++)
        {
            var distance = totals[block] - reached[block];
            // A bound within a billionth of what is reached, or a step of nothing, ends the block's search.
            var ends = norm[block] <= 0 || distance <= 1e-9 * Math.Abs(totals[block]) || _theta[block] < 1e-3;
            norm[block] = ends ? 0 : _theta[block] * distance / norm[block];
            moves |= !ends;
        }
        for (var row = 0; row < _table.Rows; row++)
            Prices.Price[row] = Math.Max(0, Prices.Price[row] - (norm[_rowBlock[row]] * _direction[row]));
        return moves;
    }

    private double Gradient(int row) =>
        _capacity[row] - _pass.Seats[row] is var room && room > 0 && Prices.Price[row] <= 0 ? 0 : room;

    private static int[] RowBlocks(OptionTable table)
    {
        var blocks = new int[table.Rows];
        Array.Fill(blocks, -1);
        var groupBlock = new int[table.Groups];
        Array.Fill(groupBlock, -1);
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Group[r] >= 0 && groupBlock[table.Group[r]] < 0)
                groupBlock[table.Group[r]] = table.Block[r];
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                if (table.Profiles.Span[table.Profile[option]] == 0)
                    continue;
                blocks[table.Row[option]] = table.Block[r];
                if (table.SecondRow[option] >= 0)
                    blocks[table.SecondRow[option]] = groupBlock[table.Group[r]];
            }
        }
        // The rows of a pool or limit follow each other and belong to one block: what an option covers belongs where it begins.
        for (var row = 0; row < blocks.Length; row++)
            blocks[row] = blocks[row] >= 0 ? blocks[row] : row == 0 ? 0 : blocks[row - 1];
        return blocks;
    }
}
