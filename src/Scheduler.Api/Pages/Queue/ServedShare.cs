using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// How much of what was asked for was served: seats of the requests of the last half year and to come, and how many of them were placed. Withdrawn requests do
/// not count.
/// </summary>
/// <param name="Placed">Seats placed.</param>
/// <param name="Asked">Seats asked for.</param>
internal readonly record struct ServedShare(long Placed, long Asked)
{
    private const int Days = 180;

    /// <summary>The share in per cent; null when nothing was asked for.</summary>
    public int? Percent => Asked == 0 ? null : (int)(Placed * 100 / Asked);

    /// <summary>The first start that counts.</summary>
    public static Instant Since(Instant now) => now - Duration.FromDays(Days);

    public static ServedShare Of(IEnumerable<Request> requests, Instant now)
    {
        var asked = requests.Where(one => one.Status != RequestStatus.Withdrawn && one.PreferredStart > Since(now)).ToList();
        return new(asked.Sum(one => one.Status == RequestStatus.Placed ? (long)one.Seats : one.PlacedSeats), asked.Sum(one => (long)one.Seats));
    }
}
