using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Checks the preferred start of a flexible request against its pool and its windows.</summary>
internal static class PreferredStarts
{
    /// <summary>
    /// Adds a fault for a start that no plan could give: off the pool's grid, or outside the dates and times of all windows. An hour that the clocks skip, and
    /// a pool that is not there, have refusals of their own.
    /// </summary>
    public static void Check(Instant? instant, LocalDateTime? local, IEnumerable<RequestWindow> windows, Pool? pool, DateTimeZone zone, FieldFaults faults)
    {
        var start = BodyStart.Of(instant, local, zone);
        if (start.IsSkippedHour || pool is null)
            return;
        var name = instant is null ? "localPreferredStart" : "preferredStart";
        if (!pool.Grid.IsStart(start.At))
            faults.Add(name, $"must be a whole hour of the pool; the next one is {TextForms.Instant.Write(pool.Grid.FirstAtOrAfter(start.At))}");
        else if (!windows.Any(window => window.Spans(start.At.InZone(zone).LocalDateTime)))
            faults.Add(name, "must lie between the dates and the times of one of the windows");
    }
}
