namespace Scheduler.Domain;

/// <summary>The slots that the entries of a plan touch.</summary>
public static class PlanSlots
{
    /// <summary>
    /// The slots in which an entry frees or takes seats, ascending. Whoever applies a plan locks these slots before the entries are decided. Entries that are
    /// stale whatever the slots say touch none.
    /// </summary>
    public static SortedSet<SlotHour> Of(
        IEnumerable<PlanEntry> entries, Catalogue catalogue, IReadOnlyDictionary<InstitutionId, InstitutionState> states)
    {
        var slots = new SortedSet<SlotHour>();
        foreach (var entry in entries)
        {
            if (!states.TryGetValue(entry.Institution, out var state))
                continue;
            if (entry is PlanEntry.Move move && state.Bookings.TryGetValue(move.Booking, out var booking))
            {
                Add(slots, booking.Sitting.Pool, SlotMinutes.Of(booking.Sitting.Start), booking.Sitting.Profile.Slots);
                Add(slots, booking.Sitting.Pool, SlotMinutes.Of(move.To), Slots(booking.Sitting));
            }
            else if (entry is PlanEntry.Placement placement && PlanRules.IsWhole(placement) && state.Requests.TryGetValue(placement.Request, out var request)
                && catalogue.Exams.TryGetValue(request.Exam, out var exam))
            {
                var profile = BlockLength.Profile(ExamTerms.Of(exam.Value), placement.Seats, placement.Accommodations);
                Add(slots, placement.Pool, SlotMinutes.Of(placement.Start), profile.Slots);
            }
        }

        return slots;
    }

    /// <summary>A move draws the block again from the booking's terms, and a shrunk booking may have kept a block of another length.</summary>
    private static int Slots(Sitting sitting) => BlockLength.Profile(sitting.Terms, sitting.Seats, sitting.Accommodations).Slots;

    private static void Add(SortedSet<SlotHour> slots, PoolId pool, int start, int count)
    {
        for (var k = 0; k < count; k++)
            slots.Add(new(pool, start + (k * SlotHour.LengthMinutes)));
    }
}
