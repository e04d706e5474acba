namespace Scheduler.Solver;

/// <summary>Turns worths into the whole numbers that CP-SAT counts in. Where they are decimals of a few digits nothing is lost.</summary>
internal sealed class WorthScale
{
    private WorthScale(double unit) => Unit = unit;

    /// <summary>Whole numbers per one of value.</summary>
    public double Unit { get; }

    /// <summary>The smallest power of ten that makes all weights whole, else the largest that keeps sums far from overflow.</summary>
    public static WorthScale For(IEnumerable<double> weights)
    {
        var all = weights.ToList();
        var sum = all.Sum(Math.Abs);
        if (sum == 0)
            return new WorthScale(1);
        for (var unit = 1.0; unit * sum < 1e15 && unit < 1e7; unit *= 10)
        {
            if (all.TrueForAll(weight => Math.Abs((weight * unit) - Math.Round(weight * unit)) <= 1e-12 * Math.Abs(weight * unit)))
                return new WorthScale(unit);
        }
        return new WorthScale(Math.Min(1e200, Math.Pow(10, Math.Floor(14 - Math.Log10(sum)))));
    }

    public long Whole(double weight) => (long)Math.Round(weight * Unit);

    /// <summary>How far one rounded weight may be from the true one, in value.</summary>
    public double Error(double weight) => Math.Abs(weight - (Whole(weight) / Unit)) is var error && error < 1e-12 * Math.Abs(weight) ? 0 : error;
}
