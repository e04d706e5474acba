using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace Scheduler.Domain;

/// <summary>
/// The starts of a pool's slots: the whole hours of its zone's local clock (R1). In a zone at +3:30 the starts fall on :30 UTC. When the clocks go back an
/// hour, both 01:00 are starts. When the clocks go forward, the missing hour has no start. Where a zone shifts by half an hour (Lord Howe) two whole hours lie
/// 90 minutes apart, and a block cannot cross that gap.
/// </summary>
public sealed class SlotGrid(DateTimeZone zone)
{
    /// <summary>
    /// First instant that the grid covers. No slot starts before this instant or after <see cref="Latest"/>, so a body with an extreme year is refused and
    /// never causes an exception.
    /// </summary>
    public static readonly Instant Earliest = Instant.FromUtc(1, 1, 2, 0, 0);

    /// <summary>Last instant that the grid covers.</summary>
    public static readonly Instant Latest = Instant.FromUtc(9999, 12, 1, 0, 0);

    private static readonly Duration _hour = Duration.FromHours(1);

    // The interval of the last look-up. Nearly all calls need the same interval. The field is a reference to an immutable object, so no read is torn.
    private ZoneInterval? _latest;

    /// <summary>The pool's zone.</summary>
    public DateTimeZone Zone { get; } = zone;

    /// <summary>Whether a slot starts at this instant.</summary>
    public bool IsStart(Instant instant)
    {
        if (instant < Earliest || instant > Latest)
            return false;
        var seconds = instant.ToUnixTimeSeconds() + IntervalAt(instant).WallOffset.Seconds;
        return instant == Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()) && seconds % 3600 == 0;
    }

    /// <summary>
    /// Whether <paramref name="slots"/> consecutive slots start at <paramref name="start"/>: each slot must end where the next one starts. False when a start
    /// is not on the grid, and when a clock change leaves a gap between two slots.
    /// </summary>
    public bool IsBlock(Instant start, int slots)
    {
        for (var k = 0; k < slots; k++)
        {
            if (!IsStart(start + Duration.FromHours(k)))
                return false;
        }

        return slots > 0;
    }

    /// <summary>The first start at or after <paramref name="from"/>. Throws <see cref="ArgumentOutOfRangeException"/> beyond <see cref="Latest"/>.</summary>
    public Instant FirstAtOrAfter(Instant from)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Latest);
        from = Instant.Max(from, Earliest);
        while (true)
        {
            var interval = IntervalAt(from);
            var seconds = from.ToUnixTimeSeconds();
            if (Instant.FromUnixTimeSeconds(seconds) < from)
                seconds++;
            var over = Mod(seconds + interval.WallOffset.Seconds, 3600);
            var start = Instant.FromUnixTimeSeconds(over == 0 ? seconds : seconds + 3600 - over);
            if (!interval.HasEnd || start < interval.End)
                return start;
            from = interval.End;
        }
    }

    /// <summary>All starts with <paramref name="from"/> ≤ start &lt; <paramref name="to"/>, ascending.</summary>
    public IEnumerable<Instant> Starts(Instant from, Instant to)
    {
        while (from < to && from <= Latest)
        {
            var start = FirstAtOrAfter(from);
            if (start < to && IsStart(start))
                yield return start;
            from = start + Duration.FromSeconds(1);
        }
    }

    /// <summary>The starts that the local clock shows on <paramref name="date"/>: 23, 24 or 25 of them on days of hour-long changes.</summary>
    public IEnumerable<Instant> StartsOn(LocalDate date) =>
        Starts(Zone.AtStartOfDay(date).ToInstant(), Zone.AtStartOfDay(date.PlusDays(1)).ToInstant());

    /// <summary>The starts that the local clock shows as this whole hour: none (skipped), one, or two (the clocks went back), earlier first.</summary>
    public ImmutableArray<Instant> Map(LocalDateTime localHour)
    {
        var mapping = Zone.MapLocal(localHour);
        return mapping.Count switch
        {
            0 => [],
            1 => OnGrid(mapping.Single().ToInstant()),
            _ => [.. OnGrid(mapping.First().ToInstant()), .. OnGrid(mapping.Last().ToInstant())],
        };
    }

    private ImmutableArray<Instant> OnGrid(Instant start) => IsStart(start) ? [start] : [];

    private ZoneInterval IntervalAt(Instant instant)
    {
        var latest = _latest;
        if (latest is not null && latest.Contains(instant))
            return latest;
        return _latest = Zone.GetZoneInterval(instant);
    }

    private static long Mod(long a, long b) => ((a % b) + b) % b;

    /// <summary>The end of a block of <paramref name="slots"/> slots.</summary>
    public static Instant End(Instant start, int slots) => start + (_hour * slots);
}
