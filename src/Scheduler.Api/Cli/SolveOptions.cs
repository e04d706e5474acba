using System.Globalization;

namespace Scheduler.Api;

/// <summary>What stands behind <c>solve</c> on the command line.</summary>
internal sealed record SolveOptions
{
    public const string Usage =
        "solve INSTANCE.json --out PLAN.json [--time-limit 30] [--threads 2] [--seed 1] [--effort 1] [--warm OLD-PLAN.json] [--progress auto|json|none]";

    // Eleven days: what timers can count.
    private const double LongestSeconds = 1e6;

    public required string Instance { get; init; }

    public required string Out { get; init; }

    /// <summary>Seconds for the whole process.</summary>
    public double TimeLimitSeconds { get; init; } = 30;

    public int Threads { get; init; } = 2;

    public long Seed { get; init; } = 1;

    public double Effort { get; init; } = 1;

    public string? Warm { get; init; }

    public string Progress { get; init; } = "auto";

    /// <summary>Reads the words after <c>solve</c>; null with the fault in words when they make no sense.</summary>
    public static SolveOptions? Parse(string[] args, out string fault)
    {
        var options = new SolveOptions { Instance = "", Out = "" };
        fault = "";
        for (var at = 0; at < args.Length; at++)
        {
            var word = args[at];
            if (!word.StartsWith("--", StringComparison.Ordinal))
            {
                if (options.Instance.Length > 0)
                    return Refuse($"one instance at a time: {word}", out fault);
                options = options with { Instance = word };
                continue;
            }
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut > 0 ? (word[..cut], word[(cut + 1)..]) : (word, at + 1 < args.Length ? args[++at] : null);
            if (value is null)
                return Refuse($"{name} needs a value", out fault);
            var next = options.With(name, value);
            if (next is null)
                return Refuse($"{name} {value} is not understood", out fault);
            options = next;
        }
        if (options.Instance.Length == 0 || options.Out.Length == 0)
            return Refuse("an instance and --out are needed", out fault);
        return options;
    }

    private SolveOptions? With(string name, string value) => name switch
    {
        "--out" => this with { Out = value },
        "--warm" => this with { Warm = value },
        "--progress" when value is "auto" or "json" or "none" => this with { Progress = value },
        "--time-limit" when Number(value) is { } seconds and > 0 => this with { TimeLimitSeconds = Math.Min(seconds, LongestSeconds) },
        "--effort" when Number(value) is { } effort and > 0 => this with { Effort = effort },
        "--threads" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var threads) && threads is >= 1 and <= 1024 => this with { Threads = threads },
        "--seed" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) => this with { Seed = seed },
        _ => null,
    };

    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static SolveOptions? Refuse(string what, out string fault)
    {
        fault = what;
        return null;
    }
}
