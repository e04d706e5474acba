using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>One evaluation of the Lagrangian: at the given prices each request takes its best option, regardless of capacity. Prices of options are
/// differences of prefix sums; nothing is stored per option. Requests are divided into chunks once. Seats are added as integers and the chunks' sums in their
/// order, so the result is the same for any number of threads.</summary>
internal sealed class PricePass
{
    private const int OptionsPerChunk = 16_384;
    private readonly OptionTable _table;
    private readonly Prices _prices;
    private readonly int[] _order;
    private readonly List<(int Component, int From, int To)> _chunks = [];
    private readonly (double Sum, double Weight)[] _sums;
    private readonly int[][] _partLimits;

    // One array per thread, reused by every pass: a few hundred passes would otherwise allocate hundreds of megabytes.
    private readonly ConcurrentBag<long[]> _spare = [];
    private bool _isMandatoryServed;

    public PricePass(OptionTable table, Prices prices)
    {
        (_table, _prices) = (table, prices);
        _order = [.. Enumerable.Range(0, table.Requests).Where(r => table.FirstOption[r + 1] > table.FirstOption[r]).OrderBy(r => table.Component[r])];
        for (int from = 0, options = 0, at = 0; at < _order.Length; at++)
        {
            options += table.FirstOption[_order[at] + 1] - table.FirstOption[_order[at]];
            if (at + 1 < _order.Length && options < OptionsPerChunk && table.Component[_order[at + 1]] == table.Component[_order[at]])
                continue;
            _chunks.Add((table.Component[_order[from]], from, at + 1));
            (from, options) = (at + 1, 0);
        }
        _sums = new (double, double)[_chunks.Count];
        _partLimits = PartLimits(table);
        var longest = _chunks.Count == 0 ? 0 : _chunks.Max(chunk => chunk.To - chunk.From);
        LongestSum = longest + _chunks.Count + _partLimits.Select(limits => limits?.Length ?? 0).DefaultIfEmpty(0).Max();
        Seats = new long[table.Rows + 1];
        ComponentSum = new double[table.Components];
    }

    /// <summary>The most additions that one term of a sum passes: of its chunk, of the chunks, and of the parts of a split request.</summary>
    public long LongestSum { get; }

    /// <summary>Seats that the best options take in each row.</summary>
    public long[] Seats { get; }

    /// <summary>Sum of the best reduced values, by component. An optional request whose best is negative adds 0.</summary>
    public double[] ComponentSum { get; }

    /// <summary>Sum of the magnitudes added; rounding errors are measured against it.</summary>
    public double Magnitude { get; private set; }

    public void Run(int threads, bool isMandatoryServed)
    {
        _isMandatoryServed = isMandatoryServed;
        Array.Clear(Seats);
        var sumLock = new Lock();
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
                    lock (sumLock)
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
        Array.Clear(ComponentSum);
        Magnitude = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            ComponentSum[_chunks[chunk].Component] += _sums[chunk].Sum;
            Magnitude += _sums[chunk].Weight;
        }
    }

    // Optimised at once, as the other innermost loops are: a small season is solved before tiered compilation would optimise it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunChunk(int chunk, long[] seats)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var at = _chunks[chunk].From; at < _chunks[chunk].To; at++)
        {
            var r = _order[at];
            if (_partLimits[r] is { } most)
            {
                var split = SplitDual(r, most, seats);
                sum += split;
                weight += split;
                continue;
            }
            var (best, option) = _prices.Best(r);
            weight += Math.Abs(best);
            // A request that must be served takes its best option even at a loss. An optional one then stays unserved.
            if (best < 0 && _table.Service[r] != ServiceClass.Current && !(_table.Service[r] == ServiceClass.Mandatory && _isMandatoryServed))
                continue;
            sum += best;
            Add(r, option, seats);
        }
        _sums[chunk] = (sum, weight);
    }

    /// <summary>The bound of a split request whose whole does not fit every option: parts as large as each option's room, best reduced value first. Smallest
    /// parts and rounding are ignored, which only raises the bound.</summary>
    private double SplitDual(int r, int[] most, long[] seats)
    {
        var first = _table.FirstOption[r];
        var reduced = new double[most.Length];
        var order = new int[most.Length];
        for (var k = 0; k < most.Length; k++)
            (reduced[k], order[k]) = (-(_table.NetValue[first + k] - _prices.Cost(r, first + k)), k);
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

    /// <summary>Adds the option's seats as differences; a prefix sum over the rows follows.</summary>
    private void Add(int r, int option, long[] seats)
    {
        foreach (var run in _table.Runs(r, option))
        {
            seats[run.First] += run.Amount;
            seats[run.End] -= run.Amount;
            seats[run.Second] += run.SecondLength > 0 ? run.Amount : 0;
            seats[run.SecondEnd] -= run.SecondLength > 0 ? run.Amount : 0;
        }
    }

    private static int[][] PartLimits(OptionTable table)
    {
        var limits = new int[table.Requests][];
        var empty = new Usage(table);
        for (var r = 0; r < table.Requests; r++)
        {
            if (!table.IsSplit(r) || table.Service[r] == ServiceClass.Current || table.Service[r] == ServiceClass.Mandatory)
                continue;
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1] && limits[r] is null; option++)
            {
                if (empty.Fits(r, option, table.Size[r]))
                    continue;
                var (first, count) = (table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r]);
                limits[r] = [.. Enumerable.Range(first, count).Select(o => empty.Room(r, o, table.Size[r]))];
            }
        }
        return limits;
    }
}
