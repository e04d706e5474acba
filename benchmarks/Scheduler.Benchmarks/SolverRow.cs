using System.Globalization;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>One season of the table: the figures of its plan and of its process.</summary>
internal sealed record SolverRow(
    string Size, string Variant, double Load, int Seed, PlanObjective Objective, StopReason Stop, SolveChild.Outcome Child, Displacement Moved,
    IReadOnlyList<string> Rivals)
{
    /// <summary>The target gap, as a share: a tenth of a per cent up to load 1.3; at 2.0 by size.</summary>
    public double TargetGap => Load <= 1.3 ? 0.001 : Size switch { "S" => 0.005, "M" => 0.015, "L" => 0.010, _ => 0.012 };

    /// <summary>Seconds of the whole process until the plan was within the target gap; NaN when it never was.</summary>
    public double SecondsToGap =>
        Child.Steps.FirstOrDefault(step => step.Bound > 0 && step.Bound - step.Value <= TargetGap * step.Bound, (double.NaN, 0, 0)).Seconds;

    public static string Name(string size, string variant) => variant == "plain" ? size : $"{size}-{variant}";

    public string Line()
    {
        var toGap = double.IsNaN(SecondsToGap) ? "not" : Text($"{SecondsToGap:0.0}");
        string[] cells =
        [
            Text($"{Name(Size, Variant)} {Load:0.0} {Seed}"), Text($"{100 * Objective.GapBeforeSharing:0.000}"), Text($"{100 * Objective.Gap:0.000}"),
            Text($"{Moved.WorstRatio:0.000}"), Text($"{100.0 * Objective.ServedSeats / Objective.RequestedSeats:0.00}"),
            Text($"{100 * Moved.ShareMoved:0.0}, {Moved.MeanHours:0.00}"), toGap, Text($"{Child.Seconds:0.0}"), Text($"{Child.ProcessorSeconds:0.0}"),
            Text($"{Child.PeakMegabytes}"), Text($"{Stop}"),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
