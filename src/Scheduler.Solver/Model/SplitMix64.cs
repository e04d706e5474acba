namespace Scheduler.Solver;

/// <summary>The random number generator SplitMix64 (Steele, Lea, Flood 2014). It draws the same numbers on every machine. Each stage and component has a
/// stream of its own, derived from the seed of the run.</summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public static SplitMix64 ForStream(long seed, int stage, int component) =>
        new(((ulong)seed * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)stage << 32) ^ ((ulong)(uint)component * 0xD1B54A32D192ED03UL));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to, but not including, <paramref name="limit"/>.</summary>
    public int NextBelow(int limit) => (int)(((Next() >> 32) * (ulong)(uint)limit) >> 32);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
