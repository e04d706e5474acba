using System.Globalization;

namespace Scheduler.Benchmarks;

/// <summary>A measured ratio with its target.</summary>
internal sealed record Figure(string What, string Target, Spread Measured, string Format, bool IsReached)
{
    public static Figure AtLeast(string what, double target, Spread measured, string format = "0.0") =>
        new(what, "≥ " + target.ToString(format, CultureInfo.InvariantCulture), measured, format, measured.Median >= target);

    public static Figure AtMost(string what, double target, Spread measured, string format = "0.0") =>
        new(what, "≤ " + target.ToString(format, CultureInfo.InvariantCulture), measured, format, measured.Median <= target);
}
