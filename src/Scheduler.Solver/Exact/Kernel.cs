namespace Scheduler.Solver;

/// <summary>A block as one model of its promising options only: those that lose least against the request's best at the prices found (core problem, Balas and Zemel 1980;
/// kernel search, Angelelli, Mansini, Speranza 2010), with what is held now. Solved with a full linear relaxation, which finds what local search cannot where that
/// relaxation is nearly whole, as with unit jobs.</summary>
internal static class Kernel
{
    private const long MostEntries = 20_000;
    private const int Turns = 5;

    public static void Run(SolveRun run)
    {
        var table = run.Table;
        if (run.Stop.IsSet || table.Requests > Improve.FewRequests || !run.IsMandatoryServed || Relieve.Excess(run.Incumbent) > 0)
            return;
        var values = run.ValueByBlock();
        var lost = values.Select((value, block) => Math.Max(0, run.BlockBound[block] - value)).ToArray();
        var all = lost.Sum();
        if (all <= 1e-3 * run.AtStake())
            return;
        for (var block = 0; block < lost.Length && !run.Stop.IsSet; block++)
        {
            // As long as it brings anything: where the relaxation is far from whole, the first turn already brings nothing.
            for (var turn = 0; turn < Turns && lost[block] >= 0.1 * all && Block(run, block, run.Budget.Effort * lost[block] / all); turn++)
                run.Count();
            run.Count();
            run.Tell((block + 1) / (double)lost.Length);
        }
        Improve.Fill(run);
    }

    private static bool Block(SolveRun run, int block, double deterministicSeconds)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        int[] requests = [.. Enumerable.Range(0, table.Requests).Where(r => table.Block[r] == block && table.FirstOption[r + 1] > table.FirstOption[r])];
        var kept = Promising(run, requests);
        var log = new StepLog(incumbent, null);
        log.Begin();
        foreach (var r in requests)
            log.Watch(r);
        var model = new ExactModel(incumbent, requests, r => table.Duty[r] != Duty.Free, kept.Contains);
        double Worth(int r, int option) => table.Worth[option];
        model.Model.Maximize(model.Sum(Worth, WorthScale.For(requests.SelectMany(r => Enumerable.Range(table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r])
            .Select(option => table.IsSplit(r) ? table.Worth[option] / table.Size[r] : table.Worth[option])))));
        if (!ExactSolve.HasAnswer(run.Exact.Run(model.Model, deterministicSeconds, "linearization_level:2,")))
            return false;
        model.Apply(run.Exact.Solver);
        var (mandatory, value, isLost) = log.Change();
        if (isLost || mandatory < -1e-9 || value <= 1e-9)
        {
            log.Undo();
            return false;
        }
        return value > 1e-4 * Math.Abs(run.Value);
    }

    /// <summary>What is held, then the options in order of their loss at the prices, as many as one model bears.</summary>
    private static HashSet<int> Promising(SolveRun run, int[] requests)
    {
        var (table, pass) = (run.Table, new PricePass(run.Table, run.Prices));
        var order = new List<(double Loss, int Option, long Entries)>();
        var held = run.Incumbent.Option.Where(option => option >= 0).ToHashSet();
        foreach (var r in requests)
        {
            var best = Math.Max(0, pass.Best(r).Best);
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
            {
                var loss = held.Contains(option) ? double.NegativeInfinity : best - (table.Worth[option] - run.Prices.Cost(r, option));
                order.Add((loss, option, ExactModel.Entries(table, r, option)));
            }
        }
        order.Sort();
        var (kept, entries) = (new HashSet<int>(), 0L);
        foreach (var (loss, option, more) in order)
        {
            entries += more;
            // What is held is kept however much it is.
            if (entries > MostEntries && loss > double.NegativeInfinity)
                break;
            kept.Add(option);
        }
        return kept;
    }
}
