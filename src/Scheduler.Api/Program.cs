using Scheduler.Api;

// Each command in a method of its own: solve must not load what serving needs.
return args switch
{
    ["solve", .. var rest] => await SolveCommand.Run(rest),
    ["check", ..] => Unknown("check is not there yet"),
    [var word, ..] when !word.StartsWith('-') => Unknown($"there is no command '{word}'; known are solve and check, and none to serve"),
    _ => await ServeCommand.Run(args),
};

static int Unknown(string message)
{
    Console.Error.WriteLine(message);
    return 64;
}
