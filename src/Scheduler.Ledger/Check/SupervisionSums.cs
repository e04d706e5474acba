using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R6: compares an institution's seats at every instant with its limits (lab seats, and trained proctors × candidates per proctor). When a limit is lowered,
/// the bookings stay, so the check uses the highest limit that was ever set.
/// </summary>
internal static class SupervisionSums
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var perProctor = rows.History.Select(line => line.Entry).OfType<PolicyEntry>().Select(entry => entry.Policy.CandidatesPerProctor)
            .Append(rows.Catalogue.Policy.Value.CandidatesPerProctor).Append(Policy.Default.CandidatesPerProctor).Max();
        var settings = rows.History.Select(line => line.Entry).OfType<InstitutionEntry>().Select(entry => entry.Institution)
            .Concat(rows.Catalogue.Institutions.Values.Select(institution => institution.Value)).ToLookup(institution => institution.Id);
        var sittings = rows.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).Select(booking => booking.Sitting)
            .Concat(rows.Holds.Where(hold => hold.Status == HoldStatus.Held).Select(hold => hold.Sitting)).GroupBy(sitting => sitting.Institution);
        foreach (var institution in sittings)
        {
            if (!settings.Contains(institution.Key))
                continue;
            var lab = settings[institution.Key].Max(one => one.LabSeats);
            var online = settings[institution.Key].Max(one => (long)one.Proctors * perProctor);
            foreach (var mode in new[] { DeliveryMode.Lab, DeliveryMode.Online })
            {
                var (peak, at) = Peak(institution.Where(sitting => sitting.Mode == mode));
                var limit = mode == DeliveryMode.Lab ? lab : online;
                if (peak > limit)
                    yield return new("R6", institution.Key.Text,
                        $"{peak} candidates {(mode == DeliveryMode.Lab ? "in the lab" : "online")} at {at}, who could look after {limit} at most");
            }
        }
    }

    /// <summary>The highest number of candidates at one instant: seats are added when a slot starts, and removed when the slot ends.</summary>
    private static (int Seats, Instant At) Peak(IEnumerable<Sitting> sittings)
    {
        var steps = new SortedDictionary<Instant, int>();
        foreach (var sitting in sittings)
        {
            var start = sitting.Start;
            foreach (var seats in sitting.Profile.Seats)
            {
                var end = start + Duration.FromMinutes(60);
                steps[start] = steps.GetValueOrDefault(start) + seats;
                steps[end] = steps.GetValueOrDefault(end) - seats;
                start = end;
            }
        }

        var (running, peak, at) = (0, 0, Instant.MinValue);
        foreach (var (instant, change) in steps)
        {
            running += change;
            if (running > peak)
                (peak, at) = (running, instant);
        }

        return (peak, at);
    }
}
