namespace Scheduler.Domain;

/// <summary>
/// An earlier booking or hold of the same institution for the same exam, start and number of seats. A second one is allowed, but the caller is told, because a
/// call without an idempotency key may be a repeat by mistake (R13). Exactly one of the ids is not null.
/// </summary>
/// <param name="Booking">The earlier booking.</param>
/// <param name="Hold">The earlier hold.</param>
public sealed record ProbableDuplicate(BookingId? Booking, HoldId? Hold)
{
    /// <summary>The booking, or else the live hold, that the sitting probably repeats; null when there is none. Of several, the lowest id.</summary>
    public static ProbableDuplicate? Of(Sitting sitting, InstitutionState state)
    {
        // Most sittings are the only one at their start. The sums by start show this without a search through all bookings.
        if (!state.SeatsByStart.ContainsKey(SlotMinutes.Of(sitting.Start)))
            return null;
        var bookings = state.Bookings.Values.Where(booking => IsLike(booking.Sitting, sitting)).OrderBy(booking => booking.Id.Value);
        if (bookings.FirstOrDefault() is { } booking)
            return new(booking.Id, null);
        var holds = state.Holds.Values.Where(hold => IsLike(hold.Sitting, sitting)).OrderBy(hold => hold.Id.Value);
        return holds.FirstOrDefault() is { } hold ? new(null, hold.Id) : null;
    }

    private static bool IsLike(Sitting one, Sitting other) => (one.Exam, one.Start, one.Seats) == (other.Exam, other.Start, other.Seats);
}
