using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Finds the first start of a pool at which a booking would be made. Asks the institution's grain once for each five weeks.</summary>
internal static class FirstStart
{
    /// <summary>
    /// The first start from a local day on; null when no start up to the horizon fits, or when the institution does not exist. The seats of a booking that
    /// moves count as free.
    /// </summary>
    public static async Task<Instant?> Find(
        ApiContext api, Institution institution, BookingWish wish, LocalDate from, Instant now, CancellationToken cancellation, BookingId? moves = null)
    {
        var zone = institution.Zone;
        var last = LeadTime.Day(now, zone).PlusDays(api.Catalogue.Current.Policy.Value.HorizonDays);
        for (var day = from; day <= last; day = day.PlusDays(Limits.AvailabilityDays))
        {
            var (begin, end) = (zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(Limits.AvailabilityDays)).ToInstant());
            if (await api.Queue(institution.Id).Fits(new FitsQuery(wish, begin, end, moves?.Value), cancellation) is not { } fits)
                return null;
            foreach (var start in fits.Starts)
            {
                if (start.WhyNot is null)
                    return SlotMinutes.ToInstant(start.Minutes);
            }
        }

        return null;
    }
}
