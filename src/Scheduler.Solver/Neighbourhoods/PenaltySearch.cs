using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Simulated annealing over the options of whole requests that must all be served. Rows may be overfull at a penalty per seat, which grows while they
/// are and shrinks while they are not (strategic oscillation, Glover 1986); so a request can change places with others that do not fit yet. A step changes the
/// option of one request, or of two that exchange rows. Options are limited to those with the least loss at the prices. Only plans without overfull rows
/// are kept.</summary>
internal sealed class PenaltySearch
{
    private const int StepsBetweenPolls = 1_024;
    private const int StepsBetweenPenalties = 4_096;
    private const double PenaltyGrowth = 1.08;
    private const double PenaltyDecay = 0.97;
    private readonly OptionTable _table;
    private readonly int[] _requests;
    private readonly int[][] _core;
    private readonly double[] _bestNet;
    private readonly long[] _free;
    private readonly double[] _penalty;
    private readonly double[] _leastPenalty;
    private readonly int[] _now;
    private readonly int[] _best;
    private SplitMix64 _random;
    private double _loss;
    private long _overfull;

    /// <param name="table">The options.</param>
    /// <param name="prices">The prices: they choose the options and are the first penalties.</param>
    /// <param name="requests">The requests to search.</param>
    /// <param name="free">Free room without the requests.</param>
    /// <param name="options">The present option of each request.</param>
    /// <param name="random">The random numbers of this search.</param>
    public PenaltySearch(OptionTable table, Prices prices, int[] requests, long[] free, int[] options, SplitMix64 random)
    {
        (_table, _requests, _free, _random) = (table, requests, (long[])free.Clone(), random);
        (_now, _best) = ([.. options], [.. options]);
        _core = Array.ConvertAll(requests, r => Core(table, prices, r));
        _bestNet = Array.ConvertAll(requests, r => table.NetValue.AsSpan(table.FirstOption[r]..table.FirstOption[r + 1]).ToArray().Max());
        var mean = prices.Price.Where(price => price > 0).DefaultIfEmpty(0).Average();
        _leastPenalty = Array.ConvertAll(prices.Price, price => Math.Max(price, 0.1 * mean));
        _penalty = Array.ConvertAll(_leastPenalty, price => 2 * price);
        for (var at = 0; at < _now.Length; at++)
        {
            Change(at, _now[at], -1);
            _loss += _bestNet[at] - table.NetValue[_now[at]];
        }
        Best = _loss;
    }

    /// <summary>The least loss of a plan without overfull rows.</summary>
    public double Best { get; private set; }

    /// <summary>The options of that plan.</summary>
    public int[] BestOptions => _best;

    /// <summary>Goes on from the best plan of another search.</summary>
    public void ContinueFrom(int[] options)
    {
        for (var at = 0; at < _now.Length; at++)
        {
            Change(at, _now[at], 1);
            _loss += _table.NetValue[_now[at]] - _table.NetValue[options[at]];
            Change(at, _now[at] = options[at], -1);
        }
        Keep();
    }

    /// <summary>Makes so many steps; the temperature falls geometrically.</summary>
    public void Run(long steps, double hottest, double coldest, StopSignal stop)
    {
        var (temperature, cooling) = (hottest, Math.Pow(coldest / hottest, StepsBetweenPolls / (double)Math.Max(1, steps)));
        for (var step = 0L; step < steps; step++)
        {
            if (step % StepsBetweenPolls == 0)
            {
                if (stop.IsSet)
                    return;
                temperature *= cooling;
            }
            if (step % StepsBetweenPenalties == 0)
                UpdatePenalties();
            Step(temperature);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(double temperature)
    {
        var one = _random.NextBelow(_now.Length);
        var (from, to) = (_now[one], Draw(one));
        if (from == to)
            return;
        var (two, twoFrom, twoTo) = (-1, -1, -1);
        if (_random.NextBelow(2) == 0)
        {
            two = Partner(one, _table.Row[to]);
            (twoFrom, twoTo) = two < 0 ? (-1, -1) : (_now[two], OptionAt(two, _table.Row[from]));
        }
        var gain = Change(one, from, 1) + Change(one, to, -1);
        var loss = _table.NetValue[from] - _table.NetValue[to];
        if (two >= 0)
        {
            gain += Change(two, twoFrom, 1) + Change(two, twoTo, -1);
            loss += _table.NetValue[twoFrom] - _table.NetValue[twoTo];
        }
        if (loss - gain <= temperature * -Math.Log(1 - _random.NextDouble()))
        {
            _now[one] = to;
            if (two >= 0)
                _now[two] = twoTo;
            _loss += loss;
            if (_overfull == 0 && _loss < Best)
                Keep();
            return;
        }
        if (two >= 0)
        {
            Change(two, twoTo, 1);
            Change(two, twoFrom, -1);
        }
        Change(one, to, 1);
        Change(one, from, -1);
    }

    private int Draw(int at) => _core[at][_random.NextBelow(_core[at].Length)];

    /// <summary>Another request whose option begins in the row: the first from a random position on.</summary>
    private int Partner(int one, int row)
    {
        var at = _random.NextBelow(_now.Length);
        for (var looks = 0; looks < Math.Min(_now.Length, SearchSettings.LooksForPartner); looks++, at = at + 1 == _now.Length ? 0 : at + 1)
        {
            if (at != one && _table.Row[_now[at]] == row)
                return at;
        }
        return -1;
    }

    /// <summary>An option of the request that begins in the row; any where there is none.</summary>
    private int OptionAt(int at, int row)
    {
        var core = _core[at];
        var first = _random.NextBelow(core.Length);
        for (var k = 0; k < core.Length; k++)
        {
            var option = core[(first + k) % core.Length];
            if (_table.Row[option] == row && option != _now[at])
                return option;
        }
        return core[first];
    }

    /// <summary>Returns (sign 1) or takes (sign −1) the seats of an option. Returns the penalty that this saves.</summary>
    private double Change(int at, int option, int sign)
    {
        var gain = 0.0;
        foreach (var run in _table.Runs(_requests[at], option))
        {
            var amount = sign * (long)run.Amount;
            for (var row = run.First; row < run.End; row++)
                gain += Change(row, amount);
            for (var row = run.Second; row < run.SecondEnd; row++)
                gain += Change(row, amount);
        }
        return gain;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Change(int row, long amount)
    {
        var before = _free[row];
        var after = _free[row] = before + amount;
        if (before >= 0 && after >= 0)
            return 0;
        var saved = Math.Min(0, after) - Math.Min(0, before);
        _overfull -= saved;
        return saved * _penalty[row];
    }

    private void UpdatePenalties()
    {
        for (var row = 0; row < _penalty.Length; row++)
            _penalty[row] = Math.Max(_leastPenalty[row], _penalty[row] * (_free[row] < 0 ? PenaltyGrowth : PenaltyDecay));
    }

    private void Keep()
    {
        // Added up again, so that no rounding error grows.
        _loss = 0;
        for (var at = 0; at < _now.Length; at++)
            _loss += _bestNet[at] - _table.NetValue[_now[at]];
        if (_overfull > 0 || _loss >= Best)
            return;
        Best = _loss;
        Array.Copy(_now, _best, _now.Length);
    }

    /// <summary>The options of a request with the least loss at the prices.</summary>
    private static int[] Core(OptionTable table, Prices prices, int r)
    {
        int[] options = [.. Enumerable.Range(table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r])];
        return [.. options.OrderBy(option => prices.Cost(r, option) - table.NetValue[option]).ThenBy(option => option).Take(SearchSettings.CoreOptions)];
    }
}
