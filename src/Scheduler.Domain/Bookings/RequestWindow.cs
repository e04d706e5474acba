using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Local days and times of an institution in which a block of a flexible request may lie. The block must lie on one local day.</summary>
/// <param name="From">The first local date.</param>
/// <param name="To">The last local date, included.</param>
/// <param name="Days">The weekdays; empty for all days.</param>
/// <param name="FromMinute">The earliest local start, in minutes of the day, 0–1439.</param>
/// <param name="ToMinute">The latest local end, in minutes of the day, 1–1440 (1440 is midnight at the end of the day).</param>
public sealed record RequestWindow(LocalDate From, LocalDate To, ImmutableArray<IsoDayOfWeek> Days, int FromMinute, int ToMinute)
{
    // No zone of the tz database is further behind UTC.
    private static readonly Offset _last = Offset.FromHours(-12);

    /// <summary>Whether the window's last day is over in every zone.</summary>
    public bool IsOver(Instant now) => To < now.WithOffset(_last).Date;

    /// <summary>Whether a local start lies between the window's dates and between its times, on whichever weekday.</summary>
    public bool Spans(LocalDateTime start) =>
        From <= start.Date && start.Date <= To && FromMinute <= (start.Hour * 60) + start.Minute && (start.Hour * 60) + start.Minute < ToMinute;

    /// <summary>The last date on one of the weekdays; null when the window has no such date.</summary>
    public LocalDate? LastDay
    {
        get
        {
            for (var (date, days) = (To, 0); date >= From && days < 7; (date, days) = (date.PlusDays(-1), days + 1))
            {
                if (Days.IsDefaultOrEmpty || Days.Contains(date.DayOfWeek))
                    return date;
            }

            return null;
        }
    }

    /// <summary>Equality by value.</summary>
    public bool Equals(RequestWindow? other) =>
        other is not null && (From, To, FromMinute, ToMinute) == (other.From, other.To, other.FromMinute, other.ToMinute)
        && DaysOf(this).SequenceEqual(DaysOf(other));

    /// <inheritdoc />
    public override int GetHashCode() => (From, To, FromMinute, ToMinute).GetHashCode();

    private static ReadOnlySpan<IsoDayOfWeek> DaysOf(RequestWindow window) => window.Days.IsDefault ? [] : window.Days.AsSpan();
}
