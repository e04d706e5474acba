using NodaTime;

namespace Scheduler.Domain;

/// <summary>R6: at every instant, over all pools, seats online ≤ proctors × policy, and seats in the lab ≤ workstations.</summary>
public static class Supervision
{
    /// <summary>
    /// Slots of whatever pools start at multiples of this many minutes UTC: every zone's offset is one, today and in all rules known to 2040 (tested over the tz database).
    /// </summary>
    public const int StartsApartMinutes = 15;

    /// <summary>Candidates of a mode that the institution can look after at one instant.</summary>
    public static int Limit(Institution institution, DeliveryMode mode, Policy policy) =>
        mode == DeliveryMode.Lab ? institution.LabSeats : (int)Math.Min(int.MaxValue, (long)institution.Proctors * policy.CandidatesPerProctor);

    /// <summary>
    /// How many more candidates of the mode fit beside what the institution has, all through the block: the lowest over its instants, and whether this profile fits.
    /// Slots of pools half an hour apart overlap in part, so the seats of a mode are summed over every piece of time in which the set of running slots is the same.
    /// </summary>
    /// <param name="state">What the institution has, without what is decided anew.</param>
    /// <param name="mode">Lab or online.</param>
    /// <param name="start">The block's start.</param>
    /// <param name="profile">Seats per slot.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="before">Seats that a resized booking had already in the same slots: they stand, even over a limit that was lowered since (R6).</param>
    public static (bool Fits, int Free) Room(
        InstitutionState state, DeliveryMode mode, Instant start, SeatProfile profile, int limit, SeatProfile before = default)
    {
        var fits = true;
        var free = int.MaxValue;
        var first = SlotMinutes.Of(start);
        for (var k = 0; k < profile.Slots; k++)
        {
            var peak = Peak(state, mode, first + (k * SlotHour.LengthMinutes));
            free = Math.Min(free, Math.Max(0, limit - peak));
            fits &= peak + profile[k] <= limit || profile[k] <= before[k];
        }

        return (fits, free);
    }

    /// <summary>
    /// The most seats that run at one instant of [slot, slot + 60): the running set changes only where some slot starts, so it is enough to look at the slot's own
    /// start and at each start within it; there run all slots that began less than an hour before.
    /// </summary>
    private static int Peak(InstitutionState state, DeliveryMode mode, int slot)
    {
        if (state.SeatsByStart.IsEmpty)
            return 0;
        var peak = 0;
        var running = 0;
        for (var minute = slot - SlotHour.LengthMinutes + StartsApartMinutes; minute < slot + SlotHour.LengthMinutes; minute += StartsApartMinutes)
        {
            running += Seats(state, mode, minute);
            if (minute > slot)
                running -= Seats(state, mode, minute - SlotHour.LengthMinutes);
            if (minute >= slot)
                peak = Math.Max(peak, running);
        }

        return peak;
    }

    private static int Seats(InstitutionState state, DeliveryMode mode, int minute)
    {
        var (lab, online) = state.SeatsByStart.GetValueOrDefault(minute);
        return mode == DeliveryMode.Lab ? lab : online;
    }
}
