using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Scheduler.Api;

/// <summary>The options by which the server limits a verb that it runs as a child process.</summary>
internal sealed class ProcessLimitOptions
{
    private const int MostMegabytes = 1 << 20;

    /// <summary><c>--background</c>.</summary>
    public Option<bool> Background { get; } = new("--background")
    {
        Description = "Run at a low priority, as the first process that the kernel ends when memory runs out",
    };

    /// <summary><c>--memory-limit</c>.</summary>
    public Option<int?> MemoryLimit { get; } = new("--memory-limit")
    {
        Description = "Memory that the process may take (Linux); no limit when left out", HelpName = "MEGABYTES", CustomParser = Megabytes,
    };

    /// <summary><c>--parent</c>.</summary>
    public Option<int?> Parent { get; } = new("--parent")
    {
        Description = "The id of the process that started this one; this one ends with it (Linux)", HelpName = "PID",
    };

    /// <summary>The limits that the command line names.</summary>
    public ProcessLimits Of(ParseResult parsed) => new(parsed.GetValue(Background), parsed.GetValue(MemoryLimit)) { Parent = parsed.GetValue(Parent) };

    private static int? Megabytes(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
            && megabytes is >= ProcessLimits.LeastMegabytes and <= MostMegabytes)
            return megabytes;
        result.AddError($"--memory-limit takes a whole number from {ProcessLimits.LeastMegabytes} to {MostMegabytes}; '{text}' is not one.");
        return null;
    }
}
