namespace Scheduler.Api;

/// <summary>The seats of one hour, over all pools that are shown.</summary>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Taken">Booked and held when the plan was made.</param>
/// <param name="After">Taken when the plan is applied.</param>
/// <param name="Asked">Taken when each request had the start of its wish.</param>
public readonly record struct LoadCell(long Capacity, long Taken, long After, long Asked)
{
    // The least share of used seats, in per cent, of steps 2 to 6.
    private static readonly int[] _leastUsed = [30, 50, 65, 80, 95];

    /// <summary>The seats of both.</summary>
    public LoadCell With(LoadCell other) => new(Capacity + other.Capacity, Taken + other.Taken, After + other.After, Asked + other.Asked);

    /// <summary>A share of the capacity in whole per cent, rounded down: 100 is full.</summary>
    public int Percent(long seats) => Capacity > 0 ? (int)(seats * 100 / Capacity) : seats > 0 ? 100 : 0;

    /// <summary>The step of the colour scale for a share in per cent.</summary>
    public static int Step(int percent) => 1 + _leastUsed.Count(least => percent >= least);
}
