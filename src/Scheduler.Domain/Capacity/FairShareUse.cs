using NodaTime;

namespace Scheduler.Domain;

/// <summary>R12: the seats that an institution has in an hour, and the seats that its fair share of the hour allows.</summary>
/// <param name="Slot">The hour.</param>
/// <param name="Seats">Seats that the institution has booked.</param>
/// <param name="Allowed">Seats that the season's fair share allows.</param>
public sealed record FairShareUse(SlotHour Slot, int Seats, int Allowed)
{
    /// <summary>The hour in which the bookings of one institution are nearest to its fair share, or most above it; null when none is in a season.</summary>
    /// <param name="bookings">Confirmed bookings of the institution.</param>
    /// <param name="zone">The institution's zone: the exam day of a booking decides for all its hours.</param>
    /// <param name="calendar">The seasons.</param>
    /// <param name="capacity">The seats of an hour.</param>
    public static FairShareUse? Greatest(IEnumerable<Booking> bookings, DateTimeZone zone, SeasonCalendar calendar, Func<SlotHour, int> capacity) => bookings
        .SelectMany(booking => Enumerable.Range(0, booking.Sitting.Profile.Slots).Select(
            k => (Slot: booking.Sitting.Slot(k), Seats: booking.Sitting.Profile[k], Share: calendar.FairShare(LeadTime.Day(booking.Sitting.Start, zone)))))
        .Where(hour => hour.Share is not null)
        .GroupBy(hour => hour.Slot)
        .Select(hours => new FairShareUse(
            hours.Key, hours.Sum(hour => hour.Seats), FairShare.SeatsAllowed(hours.Min(hour => hour.Share)!.Value, capacity(hours.Key))))
        .OrderByDescending(use => (decimal)use.Seats / Math.Max(1, use.Allowed)).ThenBy(use => use.Slot.Minutes)
        .ThenBy(use => use.Slot.Pool.Text, StringComparer.Ordinal).FirstOrDefault();
}
