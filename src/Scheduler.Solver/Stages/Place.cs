namespace Scheduler.Solver;

/// <summary>Stage 3: a first plan. What sits stays, what is mandatory comes next, the rest in order of what it would still be worth after paying the prices,
/// per unit of what it pays (greedy by reduced value, after Dantzig's rule for knapsacks).</summary>
internal static class Place
{
    /// <summary>Puts everything that sits today where it sits, whether or not that overfills a row.</summary>
    public static void Sitting(Incumbent incumbent)
    {
        var table = incumbent.Table;
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Sits[r] >= 0 && incumbent.Option[incumbent.FirstUnit[r]] < 0)
                incumbent.Place(incumbent.FirstUnit[r], table.Sits[r], table.Size[r]);
        }
    }

    /// <summary>Fills the incumbent with everything that fits.</summary>
    public static void Run(Incumbent incumbent, Prices prices, StopSignal stop)
    {
        // Sorting looks at every option already.
        if (stop.IsSet)
            return;
        var table = incumbent.Table;
        int[] order = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r] && !incumbent.IsServed(r))];
        var key = Array.ConvertAll(order, r => Key(incumbent, prices, r));
        Array.Sort(key, order);
        for (var at = 0; at < order.Length; at++)
        {
            if ((at & 1023) == 0 && stop.IsSet)
                return;
            Insert.Run(incumbent, prices, order[at], 1);
        }
    }

    /// <summary>Places what is not mandatory, by the prices found.</summary>
    public static bool Free(SolveRun run)
    {
        Run(run.Incumbent, run.Prices, run.Stop);
        return true;
    }

    private static (int Duty, double Score) Key(Incumbent incumbent, Prices prices, int r)
    {
        var table = incumbent.Table;
        var best = double.NegativeInfinity;
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
        {
            var cost = prices.Cost(r, option);
            best = Math.Max(best, (table.Worth[option] - cost) / (1e-9 + (1e-3 * Math.Abs(table.Worth[option])) + cost));
        }
        // Ascending sort: mandatory first, of these the most valuable; then what an earlier plan served; then the best reduced value.
        return table.Duty[r] == Duty.Mandatory ? (0, -table.Value[r]) : (incumbent.Homes?.Has(r) == true ? 1 : 2, -best);
    }
}
