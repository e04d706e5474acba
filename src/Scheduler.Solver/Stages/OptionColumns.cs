namespace Scheduler.Solver;

/// <summary>The columns of the options while they are built, one entry per option.</summary>
internal sealed class OptionColumns(int[] profile)
{
    public double[] NetValue { get; private set; } = GC.AllocateUninitializedArray<double>(profile.Length);

    public int[] Row { get; private set; } = GC.AllocateUninitializedArray<int>(profile.Length);

    public int[] SecondRow { get; private set; } = GC.AllocateUninitializedArray<int>(profile.Length);

    public int[] Profile { get; private set; } = profile;

    public int[] Candidate { get; private set; } = GC.AllocateUninitializedArray<int>(profile.Length);

    /// <summary>The rows of an option.</summary>
    public RowRuns Runs(ProfileTable profiles, int option, int scale) => new(profiles, Profile[option], Row[option], SecondRow[option], scale);

    /// <summary>Copies an option to another position.</summary>
    public void Copy(int from, int to) =>
        (NetValue[to], Row[to], Profile[to], Candidate[to], SecondRow[to]) = (NetValue[from], Row[from], Profile[from], Candidate[from], SecondRow[from]);

    /// <summary>Closes the gaps of dropped options.</summary>
    /// <param name="chunks">The requests.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="first">The first option of each request now.</param>
    /// <param name="packed">The first option of each request without gaps.</param>
    public void Pack(RequestChunks chunks, int threads, int[] first, int[] packed)
    {
        (NetValue, Row, Profile) = (Packed(NetValue), Packed(Row), Packed(Profile));
        (Candidate, SecondRow) = (Packed(Candidate), Packed(SecondRow));

        T[] Packed<T>(T[] values)
        {
            var close = GC.AllocateUninitializedArray<T>(packed[^1]);
            chunks.Each(threads, (_, from, to) =>
            {
                for (var r = from; r < to; r++)
                    values.AsSpan(first[r], packed[r + 1] - packed[r]).CopyTo(close.AsSpan(packed[r]));
            });
            return close;
        }
    }
}
