using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The slots of a scope before and after a plan.</summary>
internal static class PlanHours
{
    /// <summary>The slots of the scope with a seat or a wish in them, by pool and start.</summary>
    public static ImmutableArray<PlanHour> Of(PlanInstance instance, IEnumerable<PlanEntry> entries)
    {
        var (planned, asked) = (new Dictionary<SlotHour, int>(), new Dictionary<SlotHour, int>());
        foreach (var entry in entries)
        {
            if (entry is PlanEntry.Placement place)
            {
                var row = instance.Rows[place.Request.ToString()];
                Add(planned, place.Pool, place.Start, BlockLength.Profile(row.Terms, place.Seats, place.Accommodations), 1);
            }
            else if (entry is PlanEntry.Move move)
            {
                var sitting = instance.Rows[move.Booking.ToString()].Booking!.Sitting;
                Add(planned, sitting.Pool, move.From, sitting.Profile, -1);
                Add(planned, sitting.Pool, move.To, sitting.Profile, 1);
            }
        }

        foreach (var row in instance.Rows.Values.Where(row => row.Booking is null))
        {
            var starts = instance.CandidatesOf(row);
            if (starts.Count == 0)
                continue;
            var wish = starts.MinBy(one => row.DisplacementHours(one.Start)).Start;
            Add(asked, row.Request.Pool, wish, BlockLength.Profile(row.Terms, row.Seats, row.Accommodations), 1);
        }

        return
        [
            .. instance.Cut.Slots.Where(slot => slot.Slot.Start < instance.Scope.To)
                .Select(slot => Hour(slot, planned.GetValueOrDefault(slot.Slot), asked.GetValueOrDefault(slot.Slot)))
                .Where(hour => hour.Capacity > 0 || hour.Taken > 0 || hour.Asked > 0)
                .OrderBy(hour => hour.Pool.Text, StringComparer.Ordinal).ThenBy(hour => hour.Start),
        ];
    }

    private static PlanHour Hour(SlotTaken slot, int planned, int asked)
    {
        var taken = slot.Booked + slot.Held;
        return new(slot.Slot.Pool, slot.Slot.Start, slot.Capacity, taken, taken + planned, taken + asked);
    }

    private static void Add(Dictionary<SlotHour, int> seats, PoolId pool, Instant start, SeatProfile profile, int sign)
    {
        for (var k = 0; k < profile.Slots; k++)
        {
            var slot = new SlotHour(pool, SlotMinutes.Of(start) + (k * SlotHour.LengthMinutes));
            seats[slot] = seats.GetValueOrDefault(slot) + (sign * profile[k]);
        }
    }
}
