namespace Scheduler.Solver;

/// <summary>Finds the rows of many candidates in turn. Fast because neighbours mostly share pool and day.</summary>
internal struct PoolCursor(PoolRows pools)
{
    private string? _id;
    private int _pool;
    private int _guess;

    /// <summary>The first row of <paramref name="span"/> slots that begin <paramref name="lead"/> slots after the candidate's start; −1 when one is
    /// missing.</summary>
    public int Row(in Candidate candidate, int lead, int span)
    {
        if (!ReferenceEquals(candidate.Pool, _id))
            (_id, _pool, _guess) = (candidate.Pool, pools.Index(candidate.Pool), 0);
        return pools.Timelines[_pool].Row(pools.Step(_pool, candidate.Start) + lead, span, ref _guess);
    }
}
