namespace Scheduler.Solver;

/// <summary>Selects the requests of a component that a large step solves again, and the options that its model keeps: the options in use and those with the
/// least loss at the prices (core problem, Balas and Zemel 1980), so that one model holds many requests. There are two kinds of neighbourhoods: requests with
/// a large loss from anywhere, and requests near one row. The kind that gained more is drawn more often (adaptive large neighbourhood search, Ropke and
/// Pisinger 2006). The size follows what CP-SAT can prove.</summary>
internal sealed class NeighbourhoodSelector(OptionTable table, Prices prices, int[] requests, double[] best)
{
    private const int FirstSize = 60;
    private const int LeastSize = 5;
    private readonly (double Distance, int Request)[] _distances = new (double, int)[requests.Length];
    private readonly List<(double Loss, int Option, long Entries)> _order = [];
    private readonly double[] _weight = [1, 1];
    private int _kind;
    private int _first;
    private double _size = Math.Min(FirstSize, requests.Length);

    /// <summary>Whether every neighbourhood is around an unserved request, where there is one.</summary>
    public bool StartsUnserved { get; init; }

    /// <summary>The greatest reduced value of every request; at least 0 for an optional one, which may stay unserved.</summary>
    public static double[] BestReducedValues(SolveRun run)
    {
        var table = run.Table;
        var best = new double[table.Requests];
        Parallel.For(0, best.Length, new ParallelOptions { MaxDegreeOfParallelism = run.Budget.Threads }, r =>
            best[r] = run.Prices.Best(r).Best is var greatest && table.Service[r] == ServiceClass.Optional ? Math.Max(0, greatest) : greatest);
        return best;
    }

    /// <summary>Draws the next requests, in ascending order.</summary>
    public int[] Select(Incumbent incumbent, ref SplitMix64 random)
    {
        int[] unserved = StartsUnserved ? Array.FindAll(requests, r => !incumbent.IsServed(r)) : [];
        _first = unserved.Length == 0 ? -1 : unserved[random.NextBelow(unserved.Length)];
        _kind = _first >= 0 ? 1 : random.NextDouble() * (_weight[0] + _weight[1]) < _weight[0] ? 0 : 1;
        int[] set = [.. _kind == 0 ? WithLargeLoss(incumbent, ref random) : NearOneRow(incumbent, ref random)];
        Array.Sort(set);
        return set;
    }

    /// <summary>The options in use, then the other options of these requests in order of loss, as many as fit into one model.</summary>
    public HashSet<int> KeptOptions(Incumbent incumbent, int[] set, long mostEntries)
    {
        var used = new HashSet<int>();
        _order.Clear();
        foreach (var r in set)
        {
            for (var unit = incumbent.FirstUnit[r]; unit < incumbent.FirstUnit[r + 1]; unit++)
                used.Add(incumbent.Option[unit]);
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
                _order.Add((used.Contains(option) ? double.NegativeInfinity : Loss(r, option), option, ExactModel.Entries(table, r, option)));
        }
        _order.Sort();
        var entries = 0L;
        return [.. _order.TakeWhile(one => (entries += one.Entries) <= mostEntries || double.IsNegativeInfinity(one.Loss)).Select(one => one.Option)];
    }

    /// <summary>Grows the size after a proof and shrinks it otherwise; raises the weight of a kind that gained.</summary>
    public void Learn(bool hasGained, bool isProven)
    {
        _weight[_kind] = (0.8 * _weight[_kind]) + (0.2 * (hasGained ? 3 : 0.2));
        _size = Math.Clamp(_size * (isProven ? 1.1 : 0.9), Math.Min(LeastSize, requests.Length), requests.Length);
    }

    private HashSet<int> WithLargeLoss(Incumbent incumbent, ref SplitMix64 random)
    {
        var set = new HashSet<int>();
        while (set.Count < (int)_size)
        {
            var (one, two) = (Draw(ref random), Draw(ref random));
            set.Add(CurrentLoss(incumbent, one) >= CurrentLoss(incumbent, two) ? one : two);
            set.Add(Draw(ref random));
        }
        return set;
    }

    private IEnumerable<int> NearOneRow(Incumbent incumbent, ref SplitMix64 random)
    {
        var row = table.Row[OptionNear(incumbent, _first >= 0 ? _first : Draw(ref random), 0, ref random)];
        for (var at = 0; at < requests.Length; at++)
            _distances[at] = (Math.Abs(table.Row[OptionNear(incumbent, requests[at], row, ref random)] - row) + random.NextDouble(), requests[at]);
        Array.Sort(_distances);
        return _distances.Take((int)_size).Select(one => one.Request).Concat(_first >= 0 ? [_first] : []).Distinct();
    }

    /// <summary>The option in use; for an unserved request its worthwhile option nearest to the row.</summary>
    private int OptionNear(Incumbent incumbent, int r, int row, ref SplitMix64 random)
    {
        if (incumbent.Option[incumbent.FirstUnit[r]] is var used && used >= 0)
            return used;
        var (first, end) = (table.FirstOption[r], table.FirstOption[r + 1]);
        var near = first + random.NextBelow(end - first);
        for (var option = first; option < end; option++)
        {
            if (Math.Abs(table.Row[option] - row) < Math.Abs(table.Row[near] - row) && Loss(r, option) < Math.Abs(table.NetValue[option]))
                near = option;
        }
        return near;
    }

    private int Draw(ref SplitMix64 random) => requests[random.NextBelow(requests.Length)];

    /// <summary>The best reduced value of the request less that of the option.</summary>
    private double Loss(int r, int option) => best[r] - (table.NetValue[option] - prices.Cost(r, option));

    /// <summary>The loss of the option in use. An unserved request loses its best reduced value.</summary>
    private double CurrentLoss(Incumbent incumbent, int r) => incumbent.Option[incumbent.FirstUnit[r]] is var used && used >= 0 ? Loss(r, used) : best[r];
}
