using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>One evaluation of the Lagrangian: at the given prices each request takes its best option, whatever the capacity. Options are implicit: their
/// costs are differences of running sums, nothing is stored per option. Requests are cut into chunks once; seats add up as integers and the
/// chunks' sums in their order, so the result is the same for any number of threads.</summary>
internal sealed class PricePass
{
    private const int OptionsPerChunk = 16_384;
    private readonly OptionTable _table;
    private readonly Prices _prices;
    private readonly int[] _order;
    private readonly List<(int Block, int From, int To)> _chunks = [];
    private readonly (double Sum, double Weight)[] _sums;
    private readonly int[][] _narrow;

    // One array a thread, used again by every pass: a few hundred passes would else leave hundreds of megabytes behind.
    private readonly ConcurrentBag<long[]> _spare = [];
    private bool _isMandatoryServed;

    public PricePass(OptionTable table, Prices prices)
    {
        (_table, _prices) = (table, prices);
        _order = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r]).OrderBy(r => table.Block[r])];
        for (int from = 0, options = 0, at = 0; at < _order.Length; at++)
        {
            options += table.FirstOption[_order[at] + 1] - table.FirstOption[_order[at]];
            if (at + 1 < _order.Length && options < OptionsPerChunk && table.Block[_order[at + 1]] == table.Block[_order[at]])
                continue;
            _chunks.Add((table.Block[_order[from]], from, at + 1));
            (from, options) = (at + 1, 0);
        }
        _sums = new (double, double)[_chunks.Count];
        _narrow = Narrow(table);
        Seats = new long[table.Rows + 1];
        BlockSum = new double[table.Blocks];
    }

    /// <summary>Seats that the best options take of each row.</summary>
    public long[] Seats { get; }

    /// <summary>Σ of the best reduced values, by block; a request that nothing pays for adds 0.</summary>
    public double[] BlockSum { get; }

    /// <summary>Σ of the magnitudes added: what rounding is measured against.</summary>
    public double Magnitude { get; private set; }

    public void Run(int threads, bool isMandatoryServed)
    {
        _isMandatoryServed = isMandatoryServed;
        Array.Clear(Seats);
        var turn = new Lock();
        if (threads <= 1 || _chunks.Count == 1)
        {
            for (var chunk = 0; chunk < _chunks.Count; chunk++)
                RunChunk(chunk, Seats);
        }
        else
        {
            Parallel.For(
                0,
                _chunks.Count,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => _spare.TryTake(out var seats) ? seats : new long[Seats.Length],
                (chunk, _, seats) =>
                {
                    RunChunk(chunk, seats);
                    return seats;
                },
                seats =>
                {
                    lock (turn)
                    {
                        for (var row = 0; row < seats.Length; row++)
                            Seats[row] += seats[row];
                    }
                    Array.Clear(seats);
                    _spare.Add(seats);
                });
        }
        for (var row = 1; row < Seats.Length; row++)
            Seats[row] += Seats[row - 1];
        Array.Clear(BlockSum);
        Magnitude = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            BlockSum[_chunks[chunk].Block] += _sums[chunk].Sum;
            Magnitude += _sums[chunk].Weight;
        }
    }

    // Compiled in full at once, as the other innermost loops are: a small season is solved before the runtime would have got round to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunChunk(int chunk, long[] seats)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var at = _chunks[chunk].From; at < _chunks[chunk].To; at++)
        {
            var r = _order[at];
            if (_narrow[r] is { } most)
            {
                var narrow = NarrowSum(r, most, seats);
                sum += narrow;
                weight += narrow;
                continue;
            }
            var (best, option) = _prices.Best(r);
            weight += Math.Abs(best);
            // What must be served takes its best option even at a loss; anything else is then left out.
            if (best < 0 && _table.Duty[r] != Duty.Sits && !(_table.Duty[r] == Duty.Mandatory && _isMandatoryServed))
                continue;
            sum += best;
            Add(r, option, seats);
        }
        _sums[chunk] = (sum, weight);
    }

    /// <summary>For a request whose whole does not fit some option: parts no larger than what fits, best reduced value first. Valid as a bound, for leaving out
    /// smallest parts and rounding only allows more.</summary>
    private double NarrowSum(int r, int[] most, long[] seats)
    {
        var first = _table.FirstOption[r];
        var reduced = new double[most.Length];
        var order = new int[most.Length];
        for (var k = 0; k < most.Length; k++)
            (reduced[k], order[k]) = (-(_table.Worth[first + k] - _prices.Cost(r, first + k)), k);
        Array.Sort(reduced, order);
        var (sum, left) = (0.0, _table.Size[r]);
        for (var k = 0; k < order.Length && left > 0 && reduced[k] < 0; k++)
        {
            var part = Math.Min(left, most[order[k]]);
            sum -= reduced[k] * part / _table.Size[r];
            left -= part;
            if (k == 0)
                Add(r, first + order[k], seats);
        }
        return sum;
    }

    /// <summary>Adds the option's seats as differences: summed over the rows afterwards.</summary>
    private void Add(int r, int option, long[] seats)
    {
        var profiles = _table.Profiles;
        var profile = _table.Profile[option];
        var (row, second, scale) = (_table.Row[option], _table.SecondRow[option], _table.SecondScale[r]);
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            var (at, length, amount) = (profiles.Offset[run], profiles.Length[run], profiles.Amount[run]);
            seats[row + at] += amount;
            seats[row + at + length] -= amount;
            if (second < 0)
                continue;
            seats[second + (at * scale)] += amount;
            seats[second + ((at + length) * scale)] -= amount;
        }
    }

    private static int[][] Narrow(OptionTable table)
    {
        var narrow = new int[table.Requests][];
        var empty = new Usage(table);
        for (var r = 0; r < table.Requests; r++)
        {
            if (!table.IsSplit(r) || table.Duty[r] == Duty.Sits || table.Duty[r] == Duty.Mandatory)
                continue;
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1] && narrow[r] is null; option++)
            {
                if (!empty.Fits(r, option, table.Size[r]))
                    narrow[r] = [.. Enumerable.Range(table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r]).Select(o => empty.Room(r, o, table.Size[r]))];
            }
        }
        return narrow;
    }
}
