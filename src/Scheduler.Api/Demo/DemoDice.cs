namespace Scheduler.Api;

/// <summary>
/// Chance from a seed, the same on every machine and runtime (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). Each school
/// throws its own, so that a change to one does not reshuffle all others.
/// </summary>
internal sealed class DemoDice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of their own for a named part of the season.</summary>
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

    /// <summary>Whether something of this likelihood happens.</summary>
    public bool Happens(double likelihood) => Fraction() < likelihood;

    /// <summary>One of several, all equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> many) => many[Between(0, many.Count - 1)];

    /// <summary>An index, as likely as its weight.</summary>
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

    /// <summary>Log-normal around a median (Box and Muller 1958 for the normal part).</summary>
    public double LogNormal(double median, double sigma) =>
        median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Fraction())) * Math.Cos(2 * Math.PI * Fraction()));

    /// <summary>Exponential with this mean: how long before the last possible day somebody books.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Fraction());
}
