using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Selects the unit that is ejected so that the request of a step can come in.</summary>
internal sealed class EjectionSelector(Incumbent incumbent, SearchScope scope, Prices prices, int[] locked)
{
    public const int Rules = 4;
    private readonly OptionTable _table = incumbent.Table;

    public EjectionRule Rule { get; set; }

    /// <summary>A unit in the first row that is too full for the option: of two drawn there, the lower by the rule; −1 when there is none.</summary>
    public int SelectForOption(int request, int option, int seats, int step, ref SplitMix64 random)
    {
        foreach (var run in _table.Runs(request, option))
        {
            var row = run.FirstBelow(incumbent.Usage.Free, OptionTable.PartAmount(run.Amount, seats, _table.Size[request]));
            if (row >= 0)
                return row < _table.FirstRows ? SelectInRow(row, step, ref random) : SelectInGroup(_table.Group[request], row, step, ref random);
        }
        return -1;
    }

    /// <summary>A unit that covers the row and was not placed by this step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int SelectInRow(int row, int step, ref SplitMix64 random)
    {
        var (first, second, seen) = (-1, -1, 0);
        for (var from = _table.ReachFrom[row]; from <= row; from++)
        {
            for (var unit = incumbent.FirstIn(from); unit >= 0; unit = incumbent.Next(unit))
            {
                if (from + _table.Profiles.Span[_table.Profile[incumbent.Option[unit]]] > row && locked[unit] != step)
                    Sample(unit, ref first, ref second, ref seen, ref random);
            }
        }
        return Lower(first, second);
    }

    private int SelectInGroup(int group, int row, int step, ref SplitMix64 random)
    {
        var (first, second, seen) = (-1, -1, 0);
        foreach (var request in scope.Members(group))
        {
            // Requests of the institution in another component are only moved by that component's search.
            if (_table.Component[request] != scope.Component)
                continue;
            for (var unit = incumbent.FirstUnit[request]; unit < incumbent.FirstUnit[request + 1]; unit++)
            {
                var option = incumbent.Option[unit];
                if (option < 0 || locked[unit] == step)
                    continue;
                var from = _table.SecondRow[option];
                if (from >= 0 && from <= row && from + (_table.Profiles.Span[_table.Profile[option]] * _table.SecondScale[request]) > row)
                    Sample(unit, ref first, ref second, ref seen, ref random);
            }
        }
        return Lower(first, second);
    }

    // Reservoir sampling of two units, so that no list of the units in the row is needed.
    private static void Sample(int unit, ref int first, ref int second, ref int seen, ref SplitMix64 random)
    {
        seen++;
        if (random.NextBelow(seen) == 0)
            first = unit;
        if (random.NextBelow(seen) == 0)
            second = unit;
    }

    private int Lower(int one, int two)
    {
        if (one < 0 || one == two)
            return one;
        return Measure(one) <= Measure(two) ? one : two;
    }

    private double Measure(int unit)
    {
        var (seats, value) = (Math.Max(1, incumbent.Seats[unit]), incumbent.NetValue(unit));
        if (Rule == EjectionRule.ValuePerSeat)
            return value / seats;
        var request = incumbent.UnitRequest[unit];
        var price = prices.Cost(request, incumbent.Option[unit]) * seats / Math.Max(1, _table.Size[request]);
        return Rule switch
        {
            EjectionRule.ReducedValue => value - price,
            EjectionRule.ReducedValuePerSeat => (value - price) / seats,
            _ => value / Math.Max(price, 1e-9 * Math.Abs(value)),
        };
    }
}
