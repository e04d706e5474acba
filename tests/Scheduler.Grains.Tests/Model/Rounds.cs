using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>The waitlist (R9): which entries are offered the freed seats, in which order, and with which result.</summary>
public sealed partial class World
{
    /// <summary>Entries that the last rounds placed. The walk asks the silo for the ids of their bookings.</summary>
    public List<(ModelRequest Request, Seating Seating, bool Overseen)> Placed { get; } = [];

    /// <summary>
    /// Seats came free in these hours. Every entry whose block touches one of the hours is asked; then the school's own entries elsewhere, which may use the
    /// vouchers, workstations or proctors that the school has again.
    /// </summary>
    public void Freed(IReadOnlyCollection<(string Pool, Instant Hour)> hours, string? school)
    {
        bool Touches(ModelRequest request) => hours.Any(hour => request.Seating.SeatsAt(hour.Pool, hour.Hour) > 0);
        var touched = InOrder(Touches).ToHashSet();
        Offer(InOrder(touched.Contains), isNews: true);
        if (school is not null)
            Offer(InOrder(request => request.Seating.School == school && !touched.Contains(request)), isNews: true);
    }

    /// <summary>All entries are asked, pool by pool: time, or a change of the operator's, may have made room.</summary>
    public void CheckAll()
    {
        var pools = Requests.Values.Where(request => request.Status == "queued").Select(request => request.Seating.Pool);
        foreach (var pool in pools.Distinct().Order(StringComparer.Ordinal).ToList())
            Offer(InOrder(request => request.Seating.Pool == pool), isNews: false);
    }

    /// <summary>Entries whose dates cannot be served any more expire.</summary>
    public void Expire()
    {
        foreach (var request in Requests.Values.Where(request => request.Status == "queued" && AreOver(request)))
            request.Status = "expired";
    }

    /// <summary>An entry joined: the entries whose block touches its block are asked.</summary>
    public void Joined(ModelRequest entry)
    {
        var block = Enumerable.Range(0, entry.Seating.Profile.Length).Select(k => (entry.Seating.Pool, entry.Seating.Hour(k)));
        Freed([.. block], null);
    }

    private List<ModelRequest> InOrder(Func<ModelRequest, bool> which) =>
    [
        .. Requests.Values.Where(request => request.Status == "queued" && which(request))
            .OrderByDescending(request => request.Weight).ThenBy(request => request.Age),
    ];

    /// <summary>
    /// Past, or inside the shortest notice that could still serve the entry: the policy's own, or the school's short notice. A season only passes an entry
    /// over.
    /// </summary>
    private bool AreOver(ModelRequest request)
    {
        var zone = Schools[request.Seating.School].Zone;
        var shortest = Math.Min(Policy.LeadTime, Schools[request.Seating.School].ShortNotice ?? int.MaxValue);
        return request.Seating.Start <= Now || DaysBetween(Day(Now, zone), Day(request.Seating.Start, zone)) < shortest;
    }

    private void Offer(List<ModelRequest> entries, bool isNews)
    {
        foreach (var request in entries)
        {
            if (AreOver(request))
            {
                request.Status = "expired";
            }
            else if (Ask(request.Seating, isHold: false, isOffer: true, out var seating) is { } refusal)
            {
                if (request.PassedOver is not { } last || last.Why != refusal.Code || (isNews && Now - last.At >= Duration.FromMinutes(1)))
                    request.PassedOver = (Now, refusal.Code);
            }
            else
            {
                request.Status = "placed";
                var overseen = IsFirst(seating);
                Placed.Add((request, seating, overseen));
                // The booking has the request's id until the silo's id is known: its seats must be taken for the next entry.
                Bookings[request.Id] = new() { Id = request.Id, Seating = seating, Overseen = overseen };
            }
        }
    }
}
