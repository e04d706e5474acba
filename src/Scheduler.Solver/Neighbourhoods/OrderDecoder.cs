using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Turns an order of whole requests into a plan: each request in turn takes its option with the least loss that fits, the first row among equal ones.
/// With costs that grow with time this is the earliest start that fits (a serial schedule generation scheme, Kolisch 1996). Several searches may share a
/// decoder, each with free room of its own.</summary>
internal sealed class OrderDecoder
{
    private readonly OptionTable _table;
    private readonly int[] _requests;
    private readonly int[] _first;
    private readonly int[] _option;
    private readonly double[] _loss;

    // How many of the next options begin one row later each, with the same profile of one amount and no limit. A blocked row then blocks all that cover it.
    private readonly int[] _stretch;
    private readonly double[] _unservedLoss;
    private readonly (int From, int To) _onlyPool;

    /// <param name="table">The options.</param>
    /// <param name="requests">The requests to place; none of them may be split.</param>
    public OrderDecoder(OptionTable table, int[] requests)
    {
        (_table, _requests, _first, _unservedLoss) = (table, requests, new int[requests.Length + 1], new double[requests.Length]);
        for (var at = 0; at < requests.Length; at++)
            _first[at + 1] = _first[at] + table.FirstOption[requests[at] + 1] - table.FirstOption[requests[at]];
        (_option, _loss, _stretch) = (new int[_first[^1]], new double[_first[^1]], new int[_first[^1]]);
        for (var at = 0; at < requests.Length; at++)
            Sort(at);
        _onlyPool = OnlyPool();
    }

    public int Requests => _requests.Length;

    /// <summary>The option at a place in the requests' sorted options; −1 for an unserved request.</summary>
    public int Option(int place) => place < 0 ? -1 : _option[place];

    /// <summary>Net value that the request loses against its best option.</summary>
    public double Loss(int request, int place) => place < 0 ? _unservedLoss[request] : _loss[place];

    /// <summary>The same by option.</summary>
    public double LossOf(int request, int option) =>
        Loss(request, option < 0 ? -1 : Array.IndexOf(_option, option, _first[request], _first[request + 1] - _first[request]));

    /// <summary>The first row of the only pool with free room; −1 where there are several pools.</summary>
    public int Frontier(long[] free)
    {
        if (_onlyPool.To == 0)
            return -1;
        var found = free.AsSpan(_onlyPool.From.._onlyPool.To).IndexOfAnyExceptInRange(long.MinValue, 0);
        return found < 0 ? _onlyPool.To : _onlyPool.From + found;
    }

    /// <summary>Places the request, by its number in the list, and takes its seats. Returns the place among its sorted options, −1 when none fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Place(int request, long[] free, ref int frontier, ref long looks)
    {
        var (at, end) = (_first[request], _first[request + 1]);
        if (frontier >= 0)
        {
            while (frontier < _onlyPool.To && free[frontier] <= 0)
                frontier++;
            // Every row before the frontier is full, and with it every option of the first stretch that begins there.
            var skip = at < end ? frontier - _table.Row[_option[at]] : 0;
            if (skip > 0 && _stretch[at] > 0)
                at += Math.Min(skip, _stretch[at]);
        }
        while (at < end)
        {
            looks++;
            var option = _option[at];
            var next = NextStart(option, request, free, _stretch[at]);
            if (next == 0)
            {
                Take(request, at, free);
                return at;
            }
            at += next;
        }
        return -1;
    }

    /// <summary>Takes the seats of an option.</summary>
    public void Take(int request, int place, long[] free)
    {
        if (place < 0)
            return;
        foreach (var run in _table.Runs(_requests[request], _option[place]))
        {
            foreach (ref var room in free.AsSpan(run.First, run.Length))
                room -= run.Amount;
            foreach (ref var room in free.AsSpan(run.Second, run.SecondLength))
                room -= run.Amount;
        }
    }

    /// <summary>0 when the option fits; otherwise how many options further the next one is that the same blocked rows do not rule out.</summary>
    private int NextStart(int option, int request, long[] free, int stretch)
    {
        var (profiles, profile) = (_table.Profiles, _table.Profile[option]);
        var run = profiles.FirstRun[profile];
        if (run + 1 == profiles.FirstRun[profile + 1] && _table.SecondRow[option] < 0)
        {
            var (first, length, amount) = (_table.Row[option], profiles.Length[run], profiles.Amount[run]);
            var blocked = free.AsSpan(first, length).LastIndexOfAnyInRange(long.MinValue, amount - 1L);
            if (blocked < 0)
                return 0;
            if (blocked >= stretch)
                return stretch + 1;
            // The rows from here to the next one with room block every start among them.
            var open = free.AsSpan(first + blocked + 1, stretch - blocked).IndexOfAnyExceptInRange(long.MinValue, amount - 1L);
            return open < 0 ? stretch + 1 : blocked + 1 + open;
        }
        foreach (var part in _table.Runs(_requests[request], option))
        {
            if (part.FirstBelow(free, part.Amount) >= 0)
                return 1;
        }
        return 0;
    }

    private void Sort(int at)
    {
        var (r, from, count) = (_requests[at], _first[at], _first[at + 1] - _first[at]);
        var first = _table.FirstOption[r];
        var best = double.NegativeInfinity;
        for (var option = first; option < first + count; option++)
            best = Math.Max(best, _table.NetValue[option]);
        for (var k = 0; k < count; k++)
            (_option[from + k], _loss[from + k]) = (first + k, best - _table.NetValue[first + k]);
        var keys = Enumerable.Range(from, count).Select(k => (_loss[k], _table.Row[_option[k]], _option[k])).ToArray();
        Array.Sort(keys);
        for (var k = 0; k < count; k++)
            (_loss[from + k], _, _option[from + k]) = keys[k];
        for (var k = count - 2; k >= 0; k--)
        {
            var (one, next) = (_option[from + k], _option[from + k + 1]);
            var profile = _table.Profile[one];
            var isStretch = profile == _table.Profile[next] && _table.Row[next] == _table.Row[one] + 1 && _table.SecondRow[one] < 0
                && _table.SecondRow[next] < 0 && _table.Profiles.FirstRun[profile] + 1 == _table.Profiles.FirstRun[profile + 1];
            _stretch[from + k] = isStretch ? _stretch[from + k + 1] + 1 : 0;
        }
        // An optional request that costs more than its value stays out; a mandatory one is worth its value beside every cost.
        var spread = count == 0 ? 0 : _loss[from + count - 1];
        _unservedLoss[at] = _table.Service[r] == ServiceClass.Optional ? Math.Max(0, best) : Math.Abs(_table.Value[r]) + spread;
    }

    /// <summary>The rows of the pool that all options take, where there is only one; an empty range otherwise.</summary>
    private (int From, int To) OnlyPool()
    {
        var (from, to) = (int.MaxValue, 0);
        foreach (var option in _option)
        {
            var span = _table.Profiles.Span[_table.Profile[option]];
            if (span == 0)
                return default;
            (from, to) = (Math.Min(from, _table.Row[option]), Math.Max(to, _table.Row[option] + span));
        }
        return to > from ? (from, to) : default;
    }
}
