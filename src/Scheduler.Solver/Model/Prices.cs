using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>A price per seat for every row, with running sums, so that an option's cost is one difference per run of its profile.</summary>
internal sealed class Prices(OptionTable table)
{
    public double[] Price { get; } = new double[table.Rows];

    /// <summary>Σ of the prices of all rows before.</summary>
    public double[] Before { get; } = new double[table.Rows + 1];

    public void Sum()
    {
        for (var row = 0; row < Price.Length; row++)
            Before[row + 1] = Before[row] + Price[row];
    }

    /// <summary>What the whole request pays by this option.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Cost(int request, int option)
    {
        var profiles = table.Profiles;
        var profile = table.Profile[option];
        var (row, second) = (table.Row[option], table.SecondRow[option]);
        var cost = 0.0;
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            var at = row + profiles.Offset[run];
            var price = Before[at + profiles.Length[run]] - Before[at];
            if (second >= 0)
            {
                var scale = table.SecondScale[request];
                var from = second + (profiles.Offset[run] * scale);
                price += Before[from + (profiles.Length[run] * scale)] - Before[from];
            }
            cost += profiles.Amount[run] * price;
        }
        return cost;
    }

    /// <summary>Greatest reduced value of the request, of whichever sign, and the option that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Best, int Option) Best(int r)
    {
        var before = Before;
        var profiles = table.Profiles;
        var (best, option) = (double.NegativeInfinity, -1);
        for (var at = table.FirstOption[r]; at < table.FirstOption[r + 1]; at++)
        {
            var reduced = table.Worth[at];
            if (reduced <= best)
                continue;
            var profile = table.Profile[at];
            var (run, end) = (profiles.FirstRun[profile], profiles.FirstRun[profile + 1]);
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
