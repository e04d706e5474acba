using System.CommandLine;
using System.CommandLine.Parsing;

namespace Scheduler.Api;

/// <summary>
/// The command line: finds the verb, and refuses unknown words. Each verb does its work in a class of its own, so that <c>solve</c> does not load the libraries
/// of the server.
/// </summary>
internal static class CommandLine
{
    private const string Default = "serve";
    private static readonly string[] _ofRoot = ["--help", "-h", "/h", "-?", "/?", "--version"];

    /// <summary>Runs the verb that these words name. Returns the exit code.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var (words, settings) = SettingArguments.Split(args);
        var root = new RootCommand(
            "Scheduler books hourly blocks of exam machines for schools. Without a verb it serves. docs/operations.md lists settings and exit codes.")
        {
            ServeVerb.Make(settings), SolveVerb.Make(), SolveVerb.MakeAdvise(), CheckVerb.Make(settings), BackupVerb.Make(settings), RestoreVerb.Make(settings),
            RecoverVerb.Make(settings),
        };
        // A file may have a name such as @name, so the library must not replace @name by the content of a file.
        var parsed = root.Parse(WithVerb(words), new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (Fault(parsed, settings) is { } fault)
        {
            await error.WriteLineAsync(fault);
            return (int)ExitCode.Usage;
        }

        // Each verb handles signals itself: solve writes the best plan so far, and the server answers the calls that have arrived.
        return await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static string[] WithVerb(string[] words) => words switch
    {
        ["help", .. var verb] => [.. verb, "--help"],
        [] => [Default],
        [var first, ..] when first.StartsWith('-') && !_ofRoot.Contains(first) => [Default, .. words],
        _ => words,
    };

    /// <summary>What is wrong with the words; null when the verb can run, or when the words ask for help.</summary>
    private static string? Fault(ParseResult parsed, IReadOnlyList<string> settings)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not (null or System.CommandLine.Invocation.ParseErrorAction) && parsed.Action != command.Action)
            return null;
        // When the verb has an argument, the library reads a mistyped option as this argument.
        var mistaken = parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(word => word.StartsWith('-'));
        if (mistaken.Concat(parsed.UnmatchedTokens).FirstOrDefault() is { } unknown)
            return Unknown(command, unknown);
        if (settings.Select(word => SettingArguments.Fault(command.Name, word)).FirstOrDefault(fault => fault is not null) is { } setting)
            return setting;
        return parsed.Errors.Count == 0 ? null : string.Join(Environment.NewLine, [.. parsed.Errors.Select(fault => fault.Message), Hint(command)]);
    }

    private static string Unknown(Command command, string word)
    {
        if (word.StartsWith('-'))
        {
            var option = NearestWord.Of(word, command.Options.Where(one => !one.Hidden).Select(one => one.Name));
            return $"'{word}' is not an option of '{command.Name}'; the nearest one is '{option}'. {Hint(command)}";
        }

        if (command is not RootCommand)
            return $"'{word}' is one word too many for '{command.Name}'. {Hint(command)}";
        var verb = NearestWord.Of(word, command.Subcommands.Select(one => one.Name));
        return $"'{word}' is not a verb; the nearest one is '{verb}'. {Hint(command)}";
    }

    private static string Hint(Command command) => command is RootCommand ? "--help lists the verbs." : $"'{command.Name} --help' lists its options.";
}
