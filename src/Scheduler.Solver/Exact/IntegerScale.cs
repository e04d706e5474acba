namespace Scheduler.Solver;

/// <summary>Scales net values to the integers that CP-SAT needs. Decimals of a few digits are scaled without error.</summary>
internal sealed class IntegerScale
{
    private IntegerScale(double unit) => Unit = unit;

    /// <summary>Integer units per unit of value.</summary>
    public double Unit { get; }

    /// <summary>The smallest power of ten that makes all weights integers, else the largest that keeps sums far from overflow.</summary>
    public static IntegerScale For(IEnumerable<double> weights)
    {
        var all = weights.ToList();
        var sum = all.Sum(Math.Abs);
        if (sum == 0)
            return new IntegerScale(1);
        for (var unit = 1.0; unit * sum < 1e15 && unit < 1e7; unit *= 10)
        {
            if (all.TrueForAll(weight => Math.Abs((weight * unit) - Math.Round(weight * unit)) <= 1e-12 * Math.Abs(weight * unit)))
                return new IntegerScale(unit);
        }
        return new IntegerScale(Math.Min(1e200, Math.Pow(10, Math.Floor(14 - Math.Log10(sum)))));
    }

    public long Whole(double weight) => (long)Math.Round(weight * Unit);

    /// <summary>The error of one scaled weight, in units of value.</summary>
    public double Error(double weight) => Math.Abs(weight - (Whole(weight) / Unit));
}
