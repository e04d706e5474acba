using NodaTime;

namespace Scheduler.Api;

/// <summary>One day of one pool.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Capacity">Seats offered, added over the hours that begin on the day.</param>
/// <param name="Free">Free seats, added over the same hours.</param>
/// <param name="Starts">Starts of the day at which the block has room; without a block, hours with a free seat. 0 on a day that cannot be booked.</param>
/// <param name="Reason">Why the day cannot be booked: past, horizon, lead_time, collecting, closed or full; null when the day can be booked.</param>
public readonly record struct SeasonDay(LocalDate Date, int Capacity, int Free, int Starts, string? Reason)
{
    /// <summary>The share of free seats, in per cent.</summary>
    public int PercentFree => Capacity == 0 ? 0 : (int)((long)Free * 100 / Capacity);

    /// <summary>The step of the colour scale, 1 (many free) to 6 (few free).</summary>
    public int Step => ColourScale.StepOfFree(Free, Capacity);
}
