using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>What the operator has retired, and what keeps a thing from being retired.</summary>
public sealed partial class World
{
    /// <summary>Retired exams, pools and institutions, by kind and id. A retired season is not in <see cref="Seasons"/>.</summary>
    public HashSet<(string Kind, string Id)> Retired { get; } = [];

    /// <summary>The bookings, holds and requests to come that rest on a thing.</summary>
    public HashSet<Guid> Resting(string kind, string id)
    {
        bool Is(Seating seating) => kind switch { "exam" => seating.Exam == id, "pool" => seating.Pool == id, _ => seating.School == id };
        return [.. Seated(Is), .. Waiting().Where(request => Is(request.Seating)).Select(request => request.Id)];
    }

    /// <summary>The bookings and holds to come in the days of a season, and the requests that wait for those days while the season collects.</summary>
    public HashSet<Guid> InSeason(ModelSeason season) =>
    [
        .. Seated(seating => IsIn(season, seating)),
        .. season.CollectUntil > Now ? Waiting().Where(request => IsIn(season, request.Seating)).Select(request => request.Id) : [],
    ];

    private IEnumerable<Guid> Seated(Func<Seating, bool> matches) =>
    [
        .. Bookings.Values.Where(booking => !booking.IsCancelled && matches(booking.Seating) && Over(booking.Seating) > Now).Select(booking => booking.Id),
        .. Holds.Values.Where(hold => IsLive(hold) && matches(hold.Seating)).Select(hold => hold.Id),
    ];

    private static Instant Over(Seating seating) => seating.Start + Duration.FromHours(seating.Profile.Length);

    private IEnumerable<ModelRequest> Waiting() => Requests.Values.Where(request => request.Status == "queued" && request.Seating.Start > Now);

    private bool IsIn(ModelSeason season, Seating seating)
    {
        var day = Day(seating.Start, Schools[seating.School].Zone);
        return season.From <= day && day <= season.To;
    }

    private ModelRefusal? Gone(Seating wish)
    {
        foreach (var (kind, id) in new[] { ("exam", wish.Exam), ("pool", wish.Pool), ("institution", wish.School) })
        {
            if (Retired.Contains((kind, id)))
                return new(422, "retired", ("kind", $"\"{kind}\""), ("id", $"\"{id}\""));
        }

        return null;
    }
}
