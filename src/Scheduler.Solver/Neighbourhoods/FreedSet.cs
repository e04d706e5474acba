namespace Scheduler.Solver;

/// <summary>Which requests of a block a large step frees, and which of their options it may use: those held and those that lose least at the prices (core problem, Balas and
/// Zemel 1980), so that one model frees many requests at once. Two kinds of sets: requests from anywhere, those that lose most as they stand before others, and requests that
/// stand or would like to stand near one row. The kind that brought more is drawn more often (adaptive large neighbourhood search, Ropke and Pisinger 2006); how many
/// requests are freed follows what CP-SAT can prove.</summary>
internal sealed class FreedSet(OptionTable table, Prices prices, int[] requests, double[] best)
{
    private const int FirstSize = 60;
    private readonly (double Distance, int Request)[] _distances = new (double, int)[requests.Length];
    private readonly List<(double Loss, int Option, long Entries)> _order = [];
    private readonly double[] _weight = [1, 1];
    private int _kind;
    private double _size = Math.Min(FirstSize, requests.Length);

    /// <summary>The greatest worth less price of every request, at least 0 for one that may be left out.</summary>
    public static double[] Best(SolveRun run)
    {
        var table = run.Table;
        var best = new double[table.Requests];
        Parallel.For(0, best.Length, new ParallelOptions { MaxDegreeOfParallelism = run.Budget.Threads }, r =>
            best[r] = run.Prices.Best(r).Best is var greatest && table.Duty[r] == Duty.Free ? Math.Max(0, greatest) : greatest);
        return best;
    }

    /// <summary>The next requests, in ascending order.</summary>
    public int[] Draw(Incumbent incumbent, ref Dice dice)
    {
        _kind = dice.Share() * (_weight[0] + _weight[1]) < _weight[0] ? 0 : 1;
        int[] set = [.. _kind == 0 ? Losing(incumbent, ref dice) : Near(incumbent, ref dice)];
        Array.Sort(set);
        return set;
    }

    /// <summary>What the requests hold, then their options in order of loss, as many as one model bears.</summary>
    public HashSet<int> Kept(Incumbent incumbent, int[] set, long mostEntries)
    {
        var held = new HashSet<int>();
        _order.Clear();
        foreach (var r in set)
        {
            for (var unit = incumbent.FirstUnit[r]; unit < incumbent.FirstUnit[r + 1]; unit++)
                held.Add(incumbent.Option[unit]);
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
                _order.Add((held.Contains(option) ? double.NegativeInfinity : Loss(r, option), option, ExactModel.Entries(table, r, option)));
        }
        _order.Sort();
        var entries = 0L;
        return [.. _order.TakeWhile(one => (entries += one.Entries) <= mostEntries || double.IsNegativeInfinity(one.Loss)).Select(one => one.Option)];
    }

    /// <summary>A set that was proven best may be larger next time, one that was not smaller; a kind that gained is drawn more often.</summary>
    public void Learn(bool hasGained, bool isProven)
    {
        _weight[_kind] = (0.8 * _weight[_kind]) + (0.2 * (hasGained ? 3 : 0.2));
        _size = Math.Clamp(_size * (isProven ? 1.1 : 0.9), Math.Min(5, requests.Length), requests.Length);
    }

    private HashSet<int> Losing(Incumbent incumbent, ref Dice dice)
    {
        var set = new HashSet<int>();
        while (set.Count < (int)_size)
        {
            var (one, two) = (Drawn(ref dice), Drawn(ref dice));
            set.Add(LossNow(incumbent, one) >= LossNow(incumbent, two) ? one : two);
            set.Add(Drawn(ref dice));
        }
        return set;
    }

    private IEnumerable<int> Near(Incumbent incumbent, ref Dice dice)
    {
        var row = table.Row[OptionNear(incumbent, Drawn(ref dice), 0, ref dice)];
        for (var at = 0; at < requests.Length; at++)
            _distances[at] = (Math.Abs(table.Row[OptionNear(incumbent, requests[at], row, ref dice)] - row) + dice.Share(), requests[at]);
        Array.Sort(_distances);
        return _distances.Take((int)_size).Select(one => one.Request);
    }

    /// <summary>Where the request stands; where it would like to stand nearest to the row when it waits.</summary>
    private int OptionNear(Incumbent incumbent, int r, int row, ref Dice dice)
    {
        if (incumbent.Option[incumbent.FirstUnit[r]] is var held && held >= 0)
            return held;
        var (first, end) = (table.FirstOption[r], table.FirstOption[r + 1]);
        var near = first + dice.Below(end - first);
        for (var option = first; option < end; option++)
        {
            if (Math.Abs(table.Row[option] - row) < Math.Abs(table.Row[near] - row) && Loss(r, option) < Math.Abs(table.Worth[option]))
                near = option;
        }
        return near;
    }

    private int Drawn(ref Dice dice) => requests[dice.Below(requests.Length)];

    private double Loss(int r, int option) => best[r] - (table.Worth[option] - prices.Cost(r, option));

    /// <summary>What the request loses as it stands; one that waits loses all that it could have.</summary>
    private double LossNow(Incumbent incumbent, int r) => incumbent.Option[incumbent.FirstUnit[r]] is var held && held >= 0 ? Loss(r, held) : best[r];
}
