using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Every zone of the tz database with every clock change from 2020 to 2040. A zone whose clock never changes gives one instant.</summary>
internal static class AllZones
{
    public static readonly Instant From = Instant.FromUtc(2020, 1, 1, 0, 0);
    public static readonly Instant To = Instant.FromUtc(2041, 1, 1, 0, 0);

    public static IEnumerable<(DateTimeZone Zone, Instant[] Changes)> Changes()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var intervals = zone.GetZoneIntervals(From, To).Where(interval => interval.HasStart && interval.Start > From);
            var changes = intervals.Select(interval => interval.Start).ToArray();
            yield return (zone, changes.Length > 0 ? changes : [Instant.FromUtc(2028, 2, 29, 12, 0)]);
        }
    }
}
