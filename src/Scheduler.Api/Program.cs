using Scheduler.Api;

// Each command in a method of its own: solve must not load what serving needs.
return args switch
{
    ["solve", .. var rest] => await SolveCommand.Run(rest),
    ["check", .. var rest] => await CheckCommand.Run(rest, Console.Out, Console.Error),
    ["help" or "--help" or "-h" or "-?", ..] => Help(),
    [var word, ..] when !word.StartsWith('-') => Unknown(word),
    _ => await ServeCommand.Run(args),
};

static int Help()
{
    Console.Out.WriteLine("""
        Scheduler books hourly blocks of exam machines for schools.

          (no command) [--urls http://127.0.0.1:5080]   serve; settings by environment, such as Scheduler__DataDirectory or ConnectionStrings__Ledger
          solve INSTANCE.json --out PLAN.json           plan a season from a file; solve --help tells more
          check                                         re-add every slot, pack, proctor and lead time of the ledger from its rows

        Every setting, route and refusal stands in docs/http-api.md.
        """);
    return 0;
}

static int Unknown(string word)
{
    Console.Error.WriteLine($"There is no command '{word}'. Known are solve, check and help; without a command it serves.");
    return 64;
}
