using Scheduler.Benchmarks;

// One verb, one file.
return args switch
{
    ["commit", .. var rest] => await CommitVerb.Run(rest),
    ["postgres", .. var rest] => await PostgresVerb.Run(rest),
    ["http", .. var rest] => await HttpVerb.Run(rest),
    ["age", .. var rest] => await AgeVerb.Run(rest),
    ["start", .. var rest] => await StartVerb.Run(rest),
    ["load"] => await LoadVerb.Run(),
    ["peer", .. var rest] => await EfPeer.Run(rest),
    ["small", .. var rest] => Small.Run(rest),
    ["generate", .. var rest] => await SolveGenerate.Run(rest),
    ["resolve", .. var rest] => ResolveVerb.Run(rest),
    ["rivals", .. var rest] => await SolveRivals.Run(rest),
    ["sharing", .. var rest] => SharingVerb.Run(rest),
    ["solver-table", .. var rest] => await SolverTable.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: commit | postgres | http | age | start [--rounds 5] [--seconds 2] [--write], small (BenchmarkDotNet), generate SIZE LOAD SEED OUT [VARIANT]");
    Console.Error.WriteLine("       solver-table [--sizes S,M] [--loads 1.3,2.0] [--seeds 1,2,3] [--variants plain] [--threads 2] [--time-limit 30] [--rivals SECONDS] [--name NAME] [--write]");
    Console.Error.WriteLine("       rivals INSTANCE [SECONDS] [fcfs cpsat glop highs], resolve SIZE LOAD SEED [--rounds 9] [--threads 2] [--stages], sharing [--seasons 20] [--first 1]");
    return 64;
}
