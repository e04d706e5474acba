namespace Scheduler.Demo;

/// <summary>
/// Random numbers from a seed, the same on every machine and runtime (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014). Each school has dice of its own, so that a change to one school does not change the numbers of the others.
/// </summary>
internal sealed class DemoDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The dice for a named part of the season.</summary>
    public static DemoDice Of(int seed, string part)
    {
        var hash = 14695981039346656037ul;
        foreach (var c in part)
            hash = (hash ^ c) * 1099511628211ul;
        return new(hash ^ ((ulong)(uint)seed << 20));
    }

    /// <summary>A fraction in [0, 1).</summary>
    public double Fraction()
    {
        var z = _state += 0x9E3779B97F4A7C15ul;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1ul << 53));
    }

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + (int)(Fraction() * (to - from + 1));

    /// <summary>True with this probability.</summary>
    public bool Happens(double likelihood) => Fraction() < likelihood;

    /// <summary>One of several entries, each with the same probability.</summary>
    public T Pick<T>(IReadOnlyList<T> many) => many[Between(0, many.Count - 1)];

    /// <summary>An index, with a probability proportional to its weight.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var left = Fraction() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return weights.Count - 1;
    }

    /// <summary>A log-normal number with this median (the normal part: Box and Muller 1958).</summary>
    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Fraction())) * Math.Cos(2 * Math.PI * Fraction()));

    /// <summary>An exponential number with this mean, such as the days between a booking and its last possible booking day.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Fraction());
}
