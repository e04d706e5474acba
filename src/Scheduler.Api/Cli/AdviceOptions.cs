using System.CommandLine;
using System.Globalization;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>The questions of the verb <c>advise</c>.</summary>
/// <param name="Questions">The questions but for the changes.</param>
/// <param name="ChangesFile">Path of the file with changes of capacity; null for none.</param>
internal sealed record AdviceOptions(AdviceQuestions Questions, string? ChangesFile)
{
    private const string Comparison = "comparison";
    private const string Receipts = "receipts";
    private const string Capacity = "capacity";
    private const string Curve = "curve";
    private const int FewestPoints = 2;
    private const int MostPoints = 50;

    /// <summary>The option that names the questions.</summary>
    public static Option<string[]> AskOption() => new Option<string[]>("--ask")
    {
        Description = "What to answer; without it and without --changes, all of it",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    }.AcceptOnlyFromAmong(Comparison, Receipts, Capacity, Curve);

    /// <summary>The option with the number of points of the curve.</summary>
    public static Option<int> PointsOption() => new("--points")
    {
        Description = "The most points of the curve",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 12,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points is >= FewestPoints and <= MostPoints)
                return points;
            result.AddError($"--points takes a whole number from {FewestPoints} to {MostPoints}; '{text}' is not one.");
            return FewestPoints;
        },
    };

    /// <summary>The options that these words mean.</summary>
    public static AdviceOptions Of(string[] ask, int points, string? changes)
    {
        string[] all = ask.Length > 0 ? ask : changes is null ? [Comparison, Receipts, Capacity, Curve] : [];
        return new(
            new()
            {
                Comparison = all.Contains(Comparison), Receipts = all.Contains(Receipts), Capacity = all.Contains(Capacity),
                CurvePoints = all.Contains(Curve) ? points : 0,
            },
            changes);
    }

    /// <summary>Reads the changes. Returns null, or what is wrong with them.</summary>
    public string? Read(Instance instance, out AdviceQuestions questions)
    {
        questions = Questions;
        if (ChangesFile is null)
            return null;
        if (FileFaults.PathFault(ChangesFile) is { } wrong)
            return $"--changes: {wrong}";
        try
        {
            var changes = AdviceFile.ReadChanges(File.ReadAllBytes(ChangesFile), instance, out var fault);
            questions = Questions with { Changes = changes };
            return fault is null ? null : $"{ChangesFile}: {fault}";
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return $"{ChangesFile}: {FileFaults.Why(unread)}";
        }
    }
}
