using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>A price per seat for every row, with prefix sums, so that an option's price is one difference per run of its profile.</summary>
internal sealed class Prices(OptionTable table)
{
    public double[] Price { get; } = new double[table.Rows];

    /// <summary>Sum of the prices of all rows before each row.</summary>
    public double[] PrefixSum { get; } = new double[table.Rows + 1];

    public void UpdatePrefixSums()
    {
        for (var row = 0; row < Price.Length; row++)
            PrefixSum[row + 1] = PrefixSum[row] + Price[row];
    }

    /// <summary>The price of serving the whole request by this option.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Cost(int request, int option)
    {
        var cost = 0.0;
        foreach (var run in table.Runs(request, option))
            cost += run.Amount * (PrefixSum[run.End] - PrefixSum[run.First] + (PrefixSum[run.SecondEnd] - PrefixSum[run.Second]));
        return cost;
    }

    /// <summary>The greatest reduced value of the request, which may be negative, and its option.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Best, int Option) Best(int r)
    {
        var before = PrefixSum;
        var profiles = table.Profiles;
        var (best, option) = (double.NegativeInfinity, -1);
        for (var at = table.FirstOption[r]; at < table.FirstOption[r + 1]; at++)
        {
            var reduced = table.NetValue[at];
            if (reduced <= best)
                continue;
            var profile = table.Profile[at];
            var (run, end) = (profiles.FirstRun[profile], profiles.FirstRun[profile + 1]);
            // Most options have one run and no limit. They are priced here without the general walk.
            if (run + 1 == end && table.SecondRow[at] < 0)
            {
                var row = table.Row[at];
                reduced -= profiles.Amount[run] * (before[row + profiles.Length[run]] - before[row]);
            }
            else if (run < end)
            {
                reduced -= Cost(r, at);
            }
            if (reduced > best)
                (best, option) = (reduced, at);
        }
        return (best, option);
    }
}
