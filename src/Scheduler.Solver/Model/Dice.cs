namespace Scheduler.Solver;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same draws on every machine, one per stage and block from the run's seed.</summary>
internal struct Dice(ulong seed)
{
    private ulong _state = seed;

    public static Dice For(long seed, int stage, int block) =>
        new(((ulong)seed * 0x9E3779B97F4A7C15UL) ^ ((ulong)(uint)stage << 32) ^ ((ulong)(uint)block * 0xD1B54A32D192ED03UL));

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(((Next() >> 32) * (ulong)(uint)below) >> 32);

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));
}
