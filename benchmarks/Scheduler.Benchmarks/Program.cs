using Scheduler.Benchmarks;

// Each verb has a file of its own.
return args switch
{
    ["commit", .. var rest] => await CommitVerb.Run(rest),
    ["postgres", .. var rest] => await PostgresVerb.Run(rest),
    ["apply", .. var rest] => await ApplyVerb.Run(rest),
    ["http", .. var rest] => await HttpVerb.Run(rest),
    ["age", .. var rest] => await AgeVerb.Run(rest),
    ["snapshot", .. var rest] => await SnapshotVerb.Run(rest),
    ["peak", .. var rest] => await PeakVerb.Run(rest),
    ["pages", .. var rest] => await PagesVerb.Run(rest),
    ["start", .. var rest] => await StartVerb.Run(rest),
    ["load"] => await LoadVerb.Run(),
    ["peer", .. var rest] => await EfPeer.Run(rest),
    ["small", .. var rest] => Small.Run(rest),
    ["generate", .. var rest] => await SolveGenerate.Run(rest),
    ["resolve", .. var rest] => ResolveVerb.Run(rest),
    ["rivals", .. var rest] => await SolveRivals.Run(rest),
    ["served", .. var rest] => ServedVerb.Run(rest),
    ["advise", .. var rest] => AdviseVerb.Run(rest),
    ["sharing", .. var rest] => SharingVerb.Run(rest),
    ["solver-table", .. var rest] => await SolverTable.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        commit | postgres | apply | http | age | start | pages | snapshot | peak [--rounds 5] [--seconds 2] [--write]
        small [BenchmarkDotNet's own options]
        generate SIZE LOAD SEED OUT [plain|limits|big|grids|hard|full]
        solver-table [--sizes S,M] [--loads 1.3,2.0] [--seeds 1,2,3] [--variants plain] [--threads 2] [--time-limit 30]
                     [--rivals SECONDS] [--name NAME] [--write]
        rivals INSTANCE [SECONDS] [fcfs cpsat glop highs]
        resolve SIZE LOAD SEED [--rounds 9] [--threads 2] [--stages]
        advise SIZE LOAD SEED [--points 12] [--threads 2]
        sharing [--seasons 20] [--first 1]
        served [--families due,planted,assignment,knapsack] [--cases FOLDER] [--seeds 1,2,3] [--free 0.01] [--effort 1]
               [--threads 2] [--time-limit 30]
        """);
    return 64;
}
