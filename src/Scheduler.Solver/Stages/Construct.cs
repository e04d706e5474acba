namespace Scheduler.Solver;

/// <summary>Stage 5: a first plan, greedy by reduced value per price paid (after Dantzig's rule for knapsacks). Current assignments and mandatory requests
/// are placed before.</summary>
internal static class Construct
{
    private const int RequestsBetweenPolls = 1_024;

    /// <summary>Places every current assignment, whether or not it overfills a row.</summary>
    public static void CurrentAssignments(Incumbent incumbent)
    {
        var table = incumbent.Table;
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.CurrentOption[r] >= 0 && incumbent.Option[incumbent.FirstUnit[r]] < 0)
                incumbent.Place(incumbent.FirstUnit[r], table.CurrentOption[r], table.Size[r]);
        }
    }

    /// <summary>Places the optional requests, guided by the prices.</summary>
    public static void Optional(SolveRun run) => Run(run.Incumbent, run.Prices, run.Stop);

    /// <summary>Places every request that fits.</summary>
    public static void Run(Incumbent incumbent, Prices prices, StopSignal stop)
    {
        // Sorting alone reads every option.
        if (stop.IsSet)
            return;
        var table = incumbent.Table;
        int[] order = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r] && !incumbent.IsServed(r))];
        var key = Array.ConvertAll(order, r => Key(incumbent, prices, r));
        Array.Sort(key, order);
        for (var at = 0; at < order.Length; at++)
        {
            if (at % RequestsBetweenPolls == 0 && stop.IsSet)
                return;
            Insert.Run(incumbent, prices, order[at], 1);
        }
    }

    /// <summary>Places every unserved request that still fits and has a positive net value. Prices are ignored.</summary>
    public static void Fill(SolveRun run)
    {
        for (var r = 0; r < run.Table.Requests; r++)
        {
            if (!run.Incumbent.IsServed(r))
                Insert.Run(run.Incumbent, run.Prices, r, 0);
        }
    }

    private static (int Rank, double Score) Key(Incumbent incumbent, Prices prices, int r)
    {
        var table = incumbent.Table;
        var best = double.NegativeInfinity;
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
        {
            var cost = prices.Cost(r, option);
            // A thousandth of the net value keeps the quotient finite where the price is 0.
            var divisor = (1e-3 * Math.Abs(table.NetValue[option])) + cost;
            best = Math.Max(best, divisor > 0 ? (table.NetValue[option] - cost) / divisor : 0);
        }
        // Ascending order: mandatory requests by value, then requests that an earlier plan served, then the rest by reduced value.
        return table.Service[r] == ServiceClass.Mandatory ? (0, -table.Value[r]) : (incumbent.Previous?.Has(r) == true ? 1 : 2, -best);
    }
}
