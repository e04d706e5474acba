using NodaTime;

namespace Scheduler.Api;

/// <summary>A day of a season that collects requests.</summary>
/// <param name="Date">The date.</param>
/// <param name="Asked">
/// Seats that all waiting requests ask for, added over the hours of their blocks. A request counts on the day of its preferred start.
/// </param>
/// <param name="Offered">Seats of all pools, added over the hours of the day.</param>
public readonly record struct OpeningDay(LocalDate Date, long Asked, long Offered);
