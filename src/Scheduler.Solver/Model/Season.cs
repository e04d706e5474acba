namespace Scheduler.Solver;

/// <summary>An instance with its option table, and the mapping from rows back to pools, limits and instants. Requests keep their positions. A fixed request
/// has no options in the table; its seats are subtracted from the capacity.</summary>
internal sealed class Season
{
    public required Instance Instance { get; init; }

    public required OptionTable Table { get; init; }

    public required PoolRows Pools { get; init; }

    public required LimitRows Limits { get; init; }

    /// <summary>True for requests whose current assignment may not change.</summary>
    public required bool[] Fixed { get; init; }

    /// <summary>Net value of the fixed requests.</summary>
    public required double FixedValue { get; init; }

    /// <summary>Capacity of each row before the fixed requests are subtracted.</summary>
    public required long[] FullCapacity { get; init; }

    /// <summary>Seats of the fixed requests in each row.</summary>
    public required long[] FixedSeats { get; init; }
}
