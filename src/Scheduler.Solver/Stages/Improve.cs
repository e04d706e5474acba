namespace Scheduler.Solver;

/// <summary>Stage 4: local search, block by block and side by side, in rounds. Between rounds the blocks' work is put together. Where an institution's limit spans
/// blocks, its free room belongs to one of them a round, the others work with what their own requests give back: so blocks never meet, and the plan is the same
/// for any number of threads.</summary>
internal sealed class Improve
{
    private const int Rounds = 12;
    /// <summary>Seasons of so many requests are searched longer.</summary>
    public const int FewRequests = 1_500;

    // Row entries of options looked at in one reheated cycle of one step per request: a few seconds.
    private const double MostWork = 40e6;

    // What was found is cooled again: hot ones leave a valley, cool ones dig in it; no single temperature suits all families.
    private static readonly (double Share, double Hottest)[] _reheated = [(1, 0.03), (2, 0.12), (1, 0.03)];
    private readonly OptionTable _table;
    private readonly Incumbent _incumbent;
    private readonly Prices _prices;
    private readonly int[][] _requests;
    private readonly int[] _position;
    private readonly int[] _unservedAt;
    private readonly int[] _locked;
    private readonly GroupMembers _members;
    private readonly int[][] _groupBlocks;
    private readonly (int From, int To)[] _groupRows;

    /// <param name="incumbent">What is improved.</param>
    /// <param name="prices">What guides.</param>
    /// <param name="includes">Requests that may be touched; null for all.</param>
    public Improve(Incumbent incumbent, Prices prices, Func<int, bool>? includes = null)
    {
        (_incumbent, _table, _prices) = (incumbent, incumbent.Table, prices);
        (_position, _unservedAt) = (new int[_table.Requests], new int[_table.Requests]);
        _locked = new int[incumbent.Option.Length];
        _members = new GroupMembers(_table);
        _requests = [.. Enumerable.Range(0, _table.Blocks).Select(_ => Array.Empty<int>())];
        var home = Home();
        foreach (var block in Enumerable.Range(0, _table.Requests).Where(r => _table.FirstOption[r + 1] > _table.FirstOption[r] && includes?.Invoke(r) != false).GroupBy(r => _table.Block[r]))
            _requests[block.Key] = [.. block.OrderBy(r => home[r]).ThenBy(r => r)];
        (_groupBlocks, _groupRows) = GroupSpread();
    }

    /// <summary>Steps of a round per request of a block.</summary>
    public double StepsPerRequest { get; init; } = 10;

    /// <summary>Whether nothing that is served may be lost.</summary>
    public bool KeepsServed { get; init; }

    /// <summary>Per cent of steps that begin with something unserved.</summary>
    public int UnservedShare { get; init; } = 50;

    /// <summary>Mandatory value counts as value, with the same temperature: for the search among the mandatory alone.</summary>
    public bool CountsMandatory { get; init; }

    /// <summary>Added to what serving a request counts; null for none.</summary>
    public double[]? Bonus { get; set; }

    public static bool Run(SolveRun run)
    {
        if (run.Stop.IsSet)
        {
            Fill(run);
            return true;
        }
        if (run.Warmth != Warmth.Cold)
            return Mend(run);
        var table = run.Table;
        // Few requests mean few ways round a bad start: there the search begins hotter, and is heated again (measured on S and M, docs/solver.md).
        if (table.Requests > FewRequests)
            return Cool(run, 0, StepsFor(table, run.Budget.Effort), 0.05);
        Cool(run, 0, StepsFor(table, run.Budget.Effort), 0.12);
        var steps = Math.Min(StepsFor(table, run.Budget.Effort), run.Budget.Effort * MostWork / (Rounds * Math.Max(1.0, ExactModel.Entries(table, Enumerable.Range(0, table.Requests)))));
        for (var cycle = 1; cycle <= _reheated.Length && !run.Stop.IsSet && !IsNear(run); cycle++)
            Cool(run, cycle, steps * _reheated[cycle - 1].Share, _reheated[cycle - 1].Hottest);
        return true;
    }

    /// <summary>Within a thousandth of the bound more search buys next to nothing.</summary>
    private static bool IsNear(SolveRun run) => run.Bound - run.Value <= run.Near();

    /// <summary>Rounds of falling temperature; what they found is kept unless they began better.</summary>
    private static bool Cool(SolveRun run, int cycle, double steps, double hottest)
    {
        var improve = new Improve(run.Incumbent, run.Prices) { StepsPerRequest = steps };
        var start = (Value: run.Incumbent.Value(), Mandatory: run.Incumbent.MandatoryValue(), Plan: run.Incumbent.Snapshot());
        for (var round = 0; round < Rounds && !run.Stop.IsSet; round++)
        {
            improve.Round(
                round + (cycle * 1_000), run.Budget.Seed, hottest * (Rounds - round - 1) / Rounds, hottest * Math.Max(0, Rounds - round - 2) / Rounds, Proven(run), run.Budget.Threads, run.Stop);
            run.Count();
            run.Tell((round + 1) / (double)Rounds);
        }
        Fill(run);
        // Cut while still hot, or heated for nothing, a search may stand lower than it began.
        if (run.Incumbent.MandatoryValue() <= start.Mandatory + 1e-9 && run.Incumbent.Value() < start.Value)
            run.Incumbent.Restore(start.Plan);
        run.Count();
        return true;
    }

    /// <summary>Works only where something is unserved, and takes only steps that gain and lose nobody: new requests get what room there is or can be made by moves
    /// that are worth it (<see cref="Homes"/>). A step for every four requests is the most, so that a crowd which no step can help costs little.</summary>
    private static bool Mend(SolveRun run)
    {
        var table = run.Table;
        var unserved = Enumerable.Range(0, table.Requests).Count(r => table.FirstOption[r + 1] > table.FirstOption[r] && !run.Incumbent.IsServed(r));
        if (unserved > 0)
        {
            var steps = Math.Min(run.Budget.Effort * Math.Max(2_000, table.Requests / 4), 150.0 * unserved) / table.Requests;
            new Improve(run.Incumbent, run.Prices) { StepsPerRequest = steps, UnservedShare = 100, KeepsServed = true }.Round(0, run.Budget.Seed, 0, 0, null, run.Budget.Threads, run.Stop);
        }
        Fill(run);
        return true;
    }

    /// <summary>Serves whatever still fits and is worth it.</summary>
    public static void Fill(SolveRun run)
    {
        for (var r = 0; r < run.Table.Requests; r++)
        {
            if (!run.Incumbent.IsServed(r))
                Insert.Run(run.Incumbent, run.Prices, r, 0);
        }
    }

    /// <summary>Steps per request and round: fewer in large seasons, whose local optima are closer to their bound.</summary>
    public static double StepsFor(OptionTable table, double effort) => effort * 10 * Math.Pow(6_000.0 / Math.Max(1, table.Requests), table.Requests > 6_000 ? 1.0 : 0.45);

    /// <summary>Blocks in which everything is served.</summary>
    public bool[] BlocksWithoutUnserved()
    {
        var skip = new bool[_table.Blocks];
        for (var block = 0; block < skip.Length; block++)
            skip[block] = Array.TrueForAll(_requests[block], _incumbent.IsServed);
        return skip;
    }

    /// <summary>Blocks that stand within a hundred-thousandth of what is at stake from their bound: nothing worth looking for is left there.</summary>
    private static bool[] Proven(SolveRun run)
    {
        var (values, stake) = (run.ValueByBlock(), run.AtStake());
        var skip = new bool[values.Length];
        for (var block = 0; block < skip.Length; block++)
            skip[block] = run.IsMandatoryServed && run.BlockBound[block] - values[block] <= (1e-5 * stake[block]) + (1e-9 * Math.Abs(values[block]));
        return skip;
    }

    /// <summary>One round of search: <paramref name="from"/> and <paramref name="to"/> are temperatures as a share of the block's mean worth.</summary>
    public void Round(int round, long seed, double from, double to, bool[]? skip, int threads, StopSignal stop)
    {
        Array.Clear(_locked);
        Each(round, skip, threads, (block, view, scope) =>
        {
            var search = new BlockSearch(view, scope, _prices, _locked, Dice.For(seed, round + 1, block));
            var scale = from > 0 ? Scale(block) : 0;
            search.Run((int)Math.Min(int.MaxValue, StepsPerRequest * _requests[block].Length), from * scale, to * scale, stop);
        });
    }

    /// <summary>Lets work be done on every block that is not to be skipped, side by side, each through a view of its own, and puts it together.</summary>
    public void Each(int round, bool[]? skip, int threads, Action<int, Incumbent, SearchScope> work)
    {
        var blocks = Enumerable.Range(0, _table.Blocks).Where(block => _requests[block].Length > 0 && skip?[block] != true).OrderByDescending(block => _requests[block].Length).ToArray();
        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(blocks, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            block =>
            {
                var view = _table.Blocks == 1 ? _incumbent : _incumbent.View(Allowance(block, round));
                work(block, view, new SearchScope(view, _requests[block], _position, _unservedAt, _members) { Bonus = Bonus, CountsMandatory = CountsMandatory, UnservedShare = UnservedShare, KeepsServed = KeepsServed });
            });
        if (_table.Blocks > 1)
            _incumbent.Recount();
    }

    private Usage Allowance(int block, int round)
    {
        var free = (long[])_incumbent.Usage.Free.Clone();
        for (var group = 0; group < _groupBlocks.Length; group++)
        {
            var sharing = _groupBlocks[group];
            if (sharing.Length < 2 || sharing[(group + round) % sharing.Length] == block)
                continue;
            var (from, to) = _groupRows[group];
            for (var row = from; row < to; row++)
                free[row] = Math.Min(free[row], 0);
        }
        return new Usage(_table, free);
    }

    /// <summary>What temperatures are a share of: what is at stake with the block's mean request.</summary>
    private double Scale(int block)
    {
        var sum = 0.0;
        foreach (var request in _requests[block])
            sum += _table.AtStake(request, _table.Worth[_table.FirstOption[request]]);
        return sum / _requests[block].Length;
    }

    private int[] Home()
    {
        var home = new int[_table.Requests];
        for (var r = 0; r < _table.Requests; r++)
        {
            var best = double.NegativeInfinity;
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (_table.Worth[option] > best)
                    (best, home[r]) = (_table.Worth[option], _table.Row[option]);
            }
        }
        return home;
    }

    private (int[][] Blocks, (int From, int To)[] Rows) GroupSpread()
    {
        var blocks = new SortedSet<int>[_table.Groups];
        var rows = new (int From, int To)[_table.Groups];
        Array.Fill(rows, (int.MaxValue, 0));
        for (var r = 0; r < _table.Requests; r++)
        {
            var group = _table.Group[r];
            if (group < 0 || _table.FirstOption[r + 1] == _table.FirstOption[r])
                continue;
            (blocks[group] ??= []).Add(_table.Block[r]);
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                var second = _table.SecondRow[option];
                if (second >= 0)
                    rows[group] = (Math.Min(rows[group].From, second), Math.Max(rows[group].To, second + (_table.Profiles.Span[_table.Profile[option]] * _table.SecondScale[r])));
            }
        }
        return ([.. blocks.Select(set => set is null ? [] : set.ToArray())], rows);
    }
}
