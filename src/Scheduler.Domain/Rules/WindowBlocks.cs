using NodaTime;
using NodaTime.TimeZones;

namespace Scheduler.Domain;

/// <summary>The starts at which a block lies wholly in a window of a flexible request, on one local day, on the grid of its pool (R1, R5).</summary>
/// <param name="Grid">The grid of the pool.</param>
/// <param name="Zone">The zone of the institution. The window's dates and times are local to this zone.</param>
/// <param name="Slots">Slots of the block.</param>
public readonly record struct WindowBlocks(SlotGrid Grid, DateTimeZone Zone, int Slots)
{
    // No clock change turns a date back by more than a day's length, so a date never comes again after this.
    private static readonly Duration _turnedBack = Duration.FromHours(3);

    private static readonly LocalDate _earliest = SlotGrid.Earliest.InUtc().Date.PlusDays(2);
    private static readonly LocalDate _latest = SlotGrid.Latest.InUtc().Date.PlusDays(-2);

    /// <summary>The starts on the dates of the window from <paramref name="from"/> to <paramref name="to"/>, both included, ascending by date.</summary>
    public IEnumerable<Instant> Starts(RequestWindow window, LocalDate from, LocalDate to)
    {
        var last = LocalDate.Min(LocalDate.Min(window.To, to), _latest);
        for (var date = LocalDate.Max(LocalDate.Max(window.From, from), _earliest); date <= last; date = date.PlusDays(1))
        {
            if (!window.Days.IsDefaultOrEmpty && !window.Days.Contains(date.DayOfWeek))
                continue;
            foreach (var start in StartsOn(date, window.FromMinute, window.ToMinute))
                yield return start;
        }
    }

    private IEnumerable<Instant> StartsOn(LocalDate date, int fromMinute, int toMinute)
    {
        var begin = StartOf(date);
        var end = StartOf(date.PlusDays(1));
        var interval = Zone.GetZoneInterval(begin);
        var beginsAtMidnight = begin.WithOffset(interval.WallOffset).TimeOfDay == LocalTime.Midnight;
        if (beginsAtMidnight && (!interval.HasEnd || interval.End >= end + _turnedBack))
        {
            // The clock does not change on this day, so local minutes are minutes after midnight.
            var earliest = begin + Duration.FromMinutes(fromMinute);
            var latest = begin + Duration.FromMinutes(toMinute - (Slots * SlotHour.LengthMinutes));
            foreach (var start in Grid.Starts(earliest, latest + Duration.FromSeconds(1)))
            {
                if (Grid.IsBlock(start, Slots))
                    yield return start;
            }

            yield break;
        }

        foreach (var start in Grid.Starts(begin, end + _turnedBack))
        {
            if (Grid.IsBlock(start, Slots) && IsWithin(start, date, fromMinute, toMinute))
                yield return start;
        }
    }

    /// <summary>Whether the clock shows the date, and a time of the window, during the whole block. It is read in pieces between clock changes.</summary>
    private bool IsWithin(Instant start, LocalDate date, int fromMinute, int toMinute)
    {
        var end = SlotGrid.End(start, Slots);
        for (var at = start; at < end;)
        {
            var interval = Zone.GetZoneInterval(at);
            var next = interval.HasEnd && interval.End < end ? interval.End : end;
            if (SecondOfDay(at, date, interval) < fromMinute * 60L || SecondOfDay(next, date, interval) > toMinute * 60L)
                return false;
            at = next;
        }

        return true;
    }

    /// <summary>What the clock of the interval shows, in seconds after midnight of the date; negative before the date.</summary>
    private static long SecondOfDay(Instant at, LocalDate date, ZoneInterval interval)
    {
        var local = at.WithOffset(interval.WallOffset).LocalDateTime;
        return (LeadTime.Days(date, local.Date) * 86_400L) + (local.TimeOfDay.TickOfDay / NodaConstants.TicksPerSecond);
    }

    /// <summary>The first instant of the date; of a date that the clock skips, the instant of the clock change.</summary>
    private Instant StartOf(LocalDate date)
    {
        var mapping = Zone.MapLocal(date.AtMidnight());
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
