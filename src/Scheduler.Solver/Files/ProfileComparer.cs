namespace Scheduler.Solver;

/// <summary>Compares profiles by content, as arrays or spans.</summary>
internal sealed class ProfileComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
{
    public static readonly ProfileComparer One = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(int[] profile) => GetHashCode(profile.AsSpan());

    public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<int> alternate)
    {
        var hash = 17;
        foreach (var entry in alternate)
            hash = (hash * 31) + entry;
        return hash;
    }

    public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
}
