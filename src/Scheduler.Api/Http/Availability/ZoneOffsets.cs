using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The offsets of a zone from UTC. Callers ask in ascending order, and the zone is asked once for each of its intervals.</summary>
internal struct ZoneOffsets(DateTimeZone zone)
{
    private int _end = int.MinValue;
    private int _offset;

    /// <summary>The offset, in whole minutes, at a time in minutes after 1970-01-01T00:00Z.</summary>
    public int MinutesAt(int minutes)
    {
        if (minutes < _end)
            return _offset;
        var interval = zone.GetZoneInterval(SlotMinutes.ToInstant(minutes));
        _end = interval.HasEnd ? SlotMinutes.Of(interval.End) : int.MaxValue;
        return _offset = interval.WallOffset.Seconds / NodaConstants.SecondsPerMinute;
    }
}
