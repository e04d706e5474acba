using NodaTime;

namespace Scheduler.Api;

/// <summary>One day of a pool, as operators see it in the view of a season.</summary>
/// <param name="Date">The date on the pool's clock.</param>
/// <param name="Offered">Seats offered, summed over the hours.</param>
/// <param name="Taken">Seats booked and held, summed over the hours.</param>
/// <param name="Short">Seats booked and held beyond the capacity, summed over the hours.</param>
public sealed record LoadDay(LocalDate Date, long Offered, long Taken, int Short)
{
    /// <summary>Whether nothing is offered and nothing is taken.</summary>
    public bool IsClosed => Offered == 0 && Taken == 0;

    /// <summary>The share of the seats that is taken, in whole per cent.</summary>
    public int Percent => Offered == 0 ? Taken > 0 ? 100 : 0 : (int)(Taken * 100 / Offered);

    /// <summary>The step of the colour scale, 1 (little is taken) to 6 (nearly all).</summary>
    public int Step => Percent switch { < 30 => 1, < 50 => 2, < 65 => 3, < 80 => 4, < 95 => 5, _ => 6 };
}
