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
        var bookings = Bookings.Values.Where(booking => !booking.IsCancelled && Is(booking.Seating) && Over(booking.Seating) > Now)
            .Select(booking => booking.Id);
        var holds = Holds.Values.Where(hold => IsLive(hold) && Is(hold.Seating)).Select(hold => hold.Id);
        return [.. bookings, .. holds, .. Waiting().Where(request => Is(request.Seating)).Select(request => request.Id)];
    }

    /// <summary>The requests that wait for the days of a season that still collects.</summary>
    public HashSet<Guid> Collected(ModelSeason season) => season.CollectUntil > Now
        ? [.. Waiting().Where(request => IsIn(season, request.Seating)).Select(request => request.Id)]
        : [];

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
