using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R3: the seats of every slot, added up from bookings and holds.</summary>
internal static class SeatSums
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var booked = Sums(rows.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).Select(booking => booking.Sitting));
        var held = Sums(rows.Holds.Where(hold => hold.Status == HoldStatus.Held).Select(hold => hold.Sitting));
        foreach (var line in rows.Slots)
        {
            var (seatsBooked, seatsHeld) = (Take(booked, line.Slot), Take(held, line.Slot));
            if (line.Booked != seatsBooked)
                yield return new("R3", line.Slot.ToString(), $"{line.Booked} seats are counted as booked, its bookings have {seatsBooked}");
            if (line.Held != seatsHeld)
                yield return new("R3", line.Slot.ToString(), $"{line.Held} seats are counted as held, its holds have {seatsHeld}");
            var over = Math.Max(0, seatsBooked + seatsHeld - line.Capacity);
            if (line.Shortfall != over)
                yield return new("R3", line.Slot.ToString(),
                    $"{seatsBooked + seatsHeld} seats of {line.Capacity} are taken, but the shortfall is recorded as {line.Shortfall}");
        }

        foreach (var (slot, seats) in booked.Concat(held))
            yield return new("R3", slot.ToString(), $"{seats} seats are promised in a slot that was never offered");
    }

    private static Dictionary<SlotHour, int> Sums(IEnumerable<Sitting> sittings)
    {
        var sums = new Dictionary<SlotHour, int>();
        foreach (var sitting in sittings)
        {
            var minutes = sitting.Start.ToUnixTimeSeconds() / 60;
            foreach (var seats in sitting.Profile.Seats)
            {
                var slot = new SlotHour(sitting.Pool, (int)minutes);
                sums[slot] = sums.GetValueOrDefault(slot) + seats;
                minutes += 60;
            }
        }

        return sums;
    }

    private static int Take(Dictionary<SlotHour, int> sums, SlotHour slot) => sums.Remove(slot, out var seats) ? seats : 0;
}
