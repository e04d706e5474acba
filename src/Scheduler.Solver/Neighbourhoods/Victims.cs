using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>By which measure the cheaper of two has to leave; net worth is worth less price. None suits all families, so every step draws one.</summary>
internal enum VictimRule
{
    WorthPerSeat,
    NetWorth,
    NetWorthPerSeat,
    WorthPerPrice,
}

/// <summary>Chooses who has to leave so that a step's request can come in.</summary>
internal sealed class Victims(Incumbent incumbent, SearchScope scope, Prices prices, int[] locked)
{
    public VictimRule Rule { get; set; }

    private readonly OptionTable _table = incumbent.Table;

    /// <summary>A unit that stands in a row which is too full for the option: one of those there, drawn, the cheaper of two by the rule.</summary>
    public int For(int request, int option, int seats, int step, ref Dice dice)
    {
        var profiles = _table.Profiles;
        var profile = _table.Profile[option];
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            var amount = OptionTable.PartAmount(profiles.Amount[run], seats, _table.Size[request]);
            var row = _table.Row[option] + profiles.Offset[run];
            for (var end = row + profiles.Length[run]; row < end; row++)
            {
                if (incumbent.Usage.Free[row] < amount)
                    return In(row, step, ref dice);
            }
            if (_table.SecondRow[option] < 0)
                continue;
            var scale = _table.SecondScale[request];
            row = _table.SecondRow[option] + (profiles.Offset[run] * scale);
            for (var end = row + (profiles.Length[run] * scale); row < end; row++)
            {
                if (incumbent.Usage.Free[row] < amount)
                    return InGroup(_table.Group[request], row, step, ref dice);
            }
        }
        return -1;
    }

    /// <summary>A unit that stands in the row and was not put there by this step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int In(int row, int step, ref Dice dice)
    {
        var (victim, other, seen) = (-1, -1, 0);
        for (var from = _table.ReachFrom[row]; from <= row; from++)
        {
            for (var unit = incumbent.FirstIn(from); unit >= 0; unit = incumbent.Next(unit))
            {
                if (from + _table.Profiles.Span[_table.Profile[incumbent.Option[unit]]] > row && locked[unit] != step)
                    Draw(unit, ref victim, ref other, ref seen, ref dice);
            }
        }
        return Cheaper(victim, other);
    }

    private int InGroup(int group, int row, int step, ref Dice dice)
    {
        var (victim, other, seen) = (-1, -1, 0);
        foreach (var request in scope.Members(group))
        {
            // Others of the institution that belong to another block are that block's to move.
            if (_table.Block[request] != scope.Block)
                continue;
            for (var unit = incumbent.FirstUnit[request]; unit < incumbent.FirstUnit[request + 1]; unit++)
            {
                var option = incumbent.Option[unit];
                if (option < 0 || locked[unit] == step)
                    continue;
                var second = _table.SecondRow[option];
                if (second >= 0 && second <= row && second + (_table.Profiles.Span[_table.Profile[option]] * _table.SecondScale[request]) > row)
                    Draw(unit, ref victim, ref other, ref seen, ref dice);
            }
        }
        return Cheaper(victim, other);
    }

    // Reservoir sampling of two, so that no list of those standing there is needed.
    private static void Draw(int unit, ref int victim, ref int other, ref int seen, ref Dice dice)
    {
        seen++;
        if (dice.Below(seen) == 0)
            victim = unit;
        if (dice.Below(seen) == 0)
            other = unit;
    }

    private int Cheaper(int one, int two)
    {
        if (one < 0 || one == two)
            return one;
        return Loss(one) <= Loss(two) ? one : two;
    }

    private double Loss(int unit)
    {
        var (seats, worth) = (Math.Max(1, incumbent.Seats[unit]), incumbent.Worth(unit));
        if (Rule == VictimRule.WorthPerSeat)
            return worth / seats;
        var request = incumbent.UnitRequest[unit];
        var price = prices.Cost(request, incumbent.Option[unit]) * seats / Math.Max(1, _table.Size[request]);
        return Rule switch
        {
            VictimRule.NetWorth => worth - price,
            VictimRule.NetWorthPerSeat => (worth - price) / seats,
            _ => worth / Math.Max(price, 1e-9 * Math.Abs(worth)),
        };
    }
}
