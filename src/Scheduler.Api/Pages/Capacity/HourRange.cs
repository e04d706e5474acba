using NodaTime;

namespace Scheduler.Api;

/// <summary>The same hours of some days of a pool's clock.</summary>
/// <param name="Day">The first day.</param>
/// <param name="Last">The last day, included.</param>
/// <param name="Hour">The local hour at which the first slot of each day starts, 0 to 23.</param>
/// <param name="Until">The local hour at which the last slot of each day ends, 1 to 24.</param>
public sealed record HourRange(LocalDate Day, LocalDate Last, int Hour, int Until)
{
    /// <summary>The most days of a range.</summary>
    public const int MostDays = 92;

    /// <summary>Whether the range is in order and short enough.</summary>
    public bool IsWhole => Day <= Last && Period.DaysBetween(Day, Last) < MostDays && Hour is >= 0 and < 24 && Until > Hour && Until <= 24;

    /// <summary>Whether a slot that starts at this local time is in the range.</summary>
    public bool Contains(LocalDateTime local) => Day <= local.Date && local.Date <= Last && Hour <= local.Hour && local.Hour < Until;

    /// <summary>The instant at which the first day of the range begins.</summary>
    public Instant Begin(DateTimeZone zone) => zone.AtStartOfDay(Day).ToInstant();

    /// <summary>The instant at which the last day of the range ends.</summary>
    public Instant End(DateTimeZone zone) => zone.AtStartOfDay(Last.PlusDays(1)).ToInstant();
}
