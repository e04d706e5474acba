using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Scheduler.Api;

/// <summary>The verb <c>solve</c> on the command line.</summary>
internal static class SolveVerb
{
    private const int MostThreads = 1024;

    // About eleven days, which is within the range of timers.
    private const double LongestSeconds = 1e6;

    public static Command Make() => Make("solve", "Plans a season from a file. After SIGINT or SIGTERM the best plan so far is written.", isAdvice: false);

    /// <summary>The verb <c>advise</c>, which takes the same options and the questions.</summary>
    public static Command MakeAdvise() => Make(
        "advise", "Answers questions about a plan: what it changes, what the unserved lack, and which capacity would help.", isAdvice: true);

    private static Command Make(string name, string description, bool isAdvice)
    {
        var defaults = new SolveOptions { Instance = "", Out = "" };
        var instance = new Argument<string>("INSTANCE") { Description = "Instance file (docs/solver.md)" };
        var target = new Option<string>("--out") { Description = "File to write; never written in part", HelpName = "FILE", Required = true };
        var seconds = Positive("--time-limit", "Seconds for the whole process", "SECONDS", defaults.TimeLimitSeconds);
        var afterReading = new Option<bool>("--limit-after-reading") { Description = "Begin the time limit when the instance has been read" };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads to work with", HelpName = "NUMBER", DefaultValueFactory = _ => defaults.Threads, CustomParser = Threads,
        };
        var seed = new Option<long>("--seed")
        {
            Description = "Seed of the random numbers; the same seed gives the same plan", HelpName = "NUMBER", DefaultValueFactory = _ => defaults.Seed,
        };
        var effort = Positive("--effort", "Factor for the amount of work; 1 is the normal amount", "FACTOR", defaults.Effort);
        var warm = new Option<string?>("--warm")
        {
            Description = isAdvice ? "The plan that the questions are about; without it the season is solved first" : "Old plan to start from",
            HelpName = "PLAN",
        };
        var (ask, points) = (AdviceOptions.AskOption(), AdviceOptions.PointsOption());
        var changes = new Option<string?>("--changes") { Description = "Changes of capacity to try", HelpName = "FILE" };
        var receipts = new Option<string?>("--receipts") { Description = "File to write with what each unserved request lacks", HelpName = "FILE" };
        var progress = ProgressDisplay.Option();
        var limits = new ProcessLimitOptions();
        var verb = new Command(name, description)
        {
            instance, target, seconds, afterReading, threads, seed, effort, warm, progress, limits.Background, limits.MemoryLimit,
            limits.Parent,
        };
        foreach (var question in isAdvice ? (Option[])[ask, points, changes] : [receipts])
            verb.Add(question);
        verb.SetAction(async (parsed, _) => (int)await SolveCommand.Run(new()
        {
            Instance = parsed.GetRequiredValue(instance),
            Out = parsed.GetRequiredValue(target),
            TimeLimitSeconds = Math.Min(parsed.GetValue(seconds), LongestSeconds),
            IsLimitAfterReading = parsed.GetValue(afterReading),
            Threads = parsed.GetValue(threads),
            Seed = parsed.GetValue(seed),
            Effort = parsed.GetValue(effort),
            Warm = parsed.GetValue(warm),
            Receipts = isAdvice ? null : parsed.GetValue(receipts),
            Advice = isAdvice ? AdviceOptions.Of(parsed.GetValue(ask) ?? [], parsed.GetValue(points), parsed.GetValue(changes)) : null,
            Progress = parsed.GetRequiredValue(progress),
            Limits = limits.Of(parsed),
        }));
        return verb;
    }

    private static Option<double> Positive(string name, string description, string unit, double standard) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number > 0)
                return number;
            result.AddError($"{name} takes a number above 0; '{Text(result)}' is not one.");
            return standard;
        },
    };

    private static int Threads(ArgumentResult result)
    {
        if (int.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= MostThreads)
            return threads;
        result.AddError($"--threads takes a whole number from 1 to {MostThreads}; '{Text(result)}' is not one.");
        return 1;
    }

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;
}
