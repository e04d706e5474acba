using Scheduler.Benchmarks;

// One verb, one file.
return args switch
{
    ["commit", .. var rest] => await CommitVerb.Run(rest),
    ["generate", .. var rest] => await SolveGenerate.Run(rest),
    ["rivals", .. var rest] => await SolveRivals.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("verbs: commit [--rounds 5] [--seconds 2] [--write] | generate SIZE LOAD SEED OUT [VARIANT] | rivals INSTANCE [SECONDS] [fcfs cpsat glop highs]");
    return 64;
}
