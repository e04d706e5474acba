using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>The waitlist (R9): who is offered what came free, in which order, and what becomes of it.</summary>
public sealed partial class World
{
    /// <summary>Entries that were placed by the last rounds: the booking's id is asked of the house.</summary>
    public List<(ModelRequest Request, Seating Seating, bool Overseen)> Placed { get; } = [];

    /// <summary>Seats came free in these hours: everybody who waits for one of their days is offered them, then the school's own entries whatever it gave back itself.</summary>
    public void Freed(IReadOnlyCollection<(string Pool, Instant Hour)> hours, string? school)
    {
        var groups = Requests.Values
            .Where(request => request.Status == "queued" && hours.Any(hour => request.Seating.SeatsAt(hour.Pool, hour.Hour) > 0))
            .Select(request => request.Group).Distinct()
            .OrderBy(group => group.Pool, StringComparer.Ordinal).ThenBy(group => group.Day).ToList();
        foreach (var group in groups)
            Offer(InOrder(request => request.Group == group), isNews: true);
        if (school is not null)
            Offer(InOrder(request => request.Seating.School == school && !groups.Contains(request.Group)), isNews: true);
    }

    /// <summary>Everybody is looked at: time, or the operator's rules, may have made room.</summary>
    public void CheckAll()
    {
        var groups = Requests.Values.Where(request => request.Status == "queued").Select(request => request.Group).Distinct()
            .OrderBy(group => group.Pool, StringComparer.Ordinal).ThenBy(group => group.Day).ToList();
        foreach (var group in groups)
            Offer(InOrder(request => request.Group == group), isNews: false);
    }

    /// <summary>Entries whose dates can do no more are over.</summary>
    public void Expire()
    {
        foreach (var request in Requests.Values.Where(request => request.Status == "queued" && AreOver(request)))
            request.Status = "expired";
    }

    /// <summary>The entries of one day: somebody joined it.</summary>
    public void Joined(ModelRequest entry) => Offer(InOrder(request => request.Group == entry.Group), isNews: true);

    private List<ModelRequest> InOrder(Func<ModelRequest, bool> which) =>
        [.. Requests.Values.Where(request => request.Status == "queued" && which(request)).OrderByDescending(request => request.Weight).ThenBy(request => request.Age)];

    private bool AreOver(ModelRequest request) => Dates(request.Seating, Schools[request.Seating.School].ShortNotice) is { Code: "past" or "lead_time" };

    private void Offer(List<ModelRequest> entries, bool isNews)
    {
        foreach (var request in entries)
        {
            if (AreOver(request))
            {
                request.Status = "expired";
            }
            else if (Ask(request.Seating, isHold: false, isOffer: true, out var seating) is { } no)
            {
                if (request.PassedOver is not { } last || last.Why != no.Code || (isNews && Now - last.At >= Duration.FromMinutes(1)))
                    request.PassedOver = (Now, no.Code);
            }
            else
            {
                request.Status = "placed";
                var overseen = IsFirst(seating);
                Placed.Add((request, seating, overseen));
                // Under the request's id until the house's is known: the next entry must see its seats.
                Bookings[request.Id] = new() { Id = request.Id, Seating = seating, Overseen = overseen };
            }
        }
    }
}
