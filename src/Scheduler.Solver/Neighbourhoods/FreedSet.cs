namespace Scheduler.Solver;

/// <summary>Which requests a large step frees. Three kinds: those that stand around a place that someone unserved would like (window), those in the way of several
/// unserved ones (conflict), and one institution's with those in their way (owner). A kind that brought more is drawn more often (adaptive large neighbourhood
/// search, Ropke and Pisinger 2006).</summary>
internal sealed class FreedSet(Incumbent incumbent, SearchScope scope, long mostOptions)
{
    private const int Kinds = 3;
    private readonly OptionTable _table = incumbent.Table;
    private readonly double[] _weight = [1, 1, 1];
    private readonly HashSet<int> _freed = [];
    private long _options;

    public int Kind { get; private set; }

    /// <summary>Draws the next set, in ascending order; empty when nothing of the block can gain.</summary>
    public int[] Draw(ref Dice dice, double size)
    {
        Kind = Pick(ref dice);
        _freed.Clear();
        _options = 0;
        var most = (long)(mostOptions * size);
        var seed = scope.Unserved > 0 ? scope.UnservedAt(dice.Below(scope.Unserved)) : scope.Requests[dice.Below(scope.Requests.Length)];
        Add(seed);
        switch (Kind)
        {
            case 0:
                Around(OptionOf(seed, ref dice), most, 1_000);
                break;
            case 1:
                for (var tries = 0; tries < 12 && _options < most; tries++)
                {
                    Around(OptionOf(seed, ref dice), most, 0);
                    seed = scope.UnservedNear(seed, ref dice, incumbent) is var near && near >= 0 ? near : seed;
                    Add(seed);
                }
                break;
            default:
                foreach (var request in scope.Requests)
                {
                    if (_options < most && _table.Owner[request] == _table.Owner[seed])
                    {
                        Add(request);
                        Around(OptionOf(request, ref dice), most, 0);
                    }
                }
                break;
        }
        int[] set = [.. _freed];
        Array.Sort(set);
        return set;
    }

    public void Learn(bool hasGained) => _weight[Kind] = (0.8 * _weight[Kind]) + (0.2 * (hasGained ? 3 : 0.2));

    private int Pick(ref Dice dice)
    {
        var at = dice.Share() * _weight.Sum();
        for (var kind = 0; kind < Kinds - 1; kind++)
        {
            at -= _weight[kind];
            if (at < 0)
                return kind;
        }
        return Kinds - 1;
    }

    private int OptionOf(int request, ref Dice dice)
    {
        var first = _table.FirstOption[request];
        return first + dice.Below(_table.FirstOption[request + 1] - first);
    }

    /// <summary>Frees what stands in the option's rows, then, going outwards, what stands up to so many rows beside them.</summary>
    private void Around(int option, long most, int reach)
    {
        var span = _table.Profiles.Span[_table.Profile[option]];
        if (span == 0)
            return;
        var (from, to) = (_table.ReachFrom[_table.Row[option]], _table.Row[option] + span);
        for (var row = from; row < to && _options < most; row++)
            AddRow(row);
        for (var away = 1; away <= reach && _options < most; away++)
        {
            if (from - away >= 0)
                AddRow(from - away);
            if (to + away - 1 < _table.FirstRows)
                AddRow(to + away - 1);
        }
    }

    private void AddRow(int row)
    {
        for (var unit = incumbent.FirstIn(row); unit >= 0; unit = incumbent.Next(unit))
            Add(incumbent.UnitRequest[unit]);
    }

    private void Add(int request)
    {
        // Rows beside a window may belong to another pool, and so to another block.
        if (_table.Block[request] == scope.Block && _freed.Add(request))
            _options += Math.Max(_table.FirstOption[request + 1] - _table.FirstOption[request], ExactModel.Entries(_table, [request]) / 20);
    }
}
