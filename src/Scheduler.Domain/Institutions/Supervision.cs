using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// R6: at every instant, over all pools, seats online ≤ proctors × <see cref="Policy.CandidatesPerProctor"/>, and seats in the lab ≤ workstations.
/// </summary>
public static class Supervision
{
    /// <summary>
    /// The slots of all pools start at multiples of this many minutes UTC, because every zone's offset is such a multiple, today and in all known rules up to
    /// 2040 (tested over the tz database).
    /// </summary>
    public const int StartsApartMinutes = 15;

    /// <summary>Candidates of a mode that the institution can look after at one instant.</summary>
    public static int Limit(Institution institution, DeliveryMode mode, Policy policy) =>
        mode == DeliveryMode.Lab ? institution.LabSeats : (int)Math.Min(int.MaxValue, (long)institution.Proctors * policy.CandidatesPerProctor);

    /// <summary>The proctors who look after so many candidates online.</summary>
    public static int ProctorsFor(int candidates, Policy policy) => (candidates + policy.CandidatesPerProctor - 1) / policy.CandidatesPerProctor;

    /// <summary>
    /// Returns whether the profile fits beside the sittings that the institution has, and how many more candidates of the mode could be added: the lowest
    /// number over all instants of the block. The slots of two pools can start half an hour apart and overlap in part. So the seats of a mode are summed for
    /// every interval in which the same slots run.
    /// </summary>
    /// <param name="state">What the institution has, without the booking that is decided again.</param>
    /// <param name="mode">Lab or online.</param>
    /// <param name="start">The block's start.</param>
    /// <param name="profile">Seats per slot.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="before">Seats that a resized booking already had in the same slots. These seats stay allowed, even if the limit was lowered since
    /// (R6).</param>
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
    /// The greatest number of seats in use at one instant of [slot, slot + 60), in minutes. The number can only rise where some slot starts, so it is enough to
    /// check the slot's own start and each start within the slot. At such an instant all slots run that began less than an hour before.
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
