using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Decides one entry of a plan by the rules of a booking (R1, R2, R4 to R8). The slots' seats are not checked here. A plan is not bound by the fair share
/// (R12), and it never moves a booking out of the frozen zone (R11).
/// </summary>
public static class PlanRules
{
    /// <summary>
    /// Decides a placement, which takes the vouchers that the plan counts on while they are left and valid. The state in the basis must contain the request.
    /// </summary>
    public static Decision Place(Request request, PlanEntry.Placement placement, DecisionBasis basis) =>
        BookingRules.Decide(WishOf(request, placement), basis, WishKind.FromPlan, before: default, placement.Vouchers);

    /// <summary>
    /// Decides a move. The state in the basis must not contain the booking, so that the booking's own seats and vouchers count as free (R4). The booking keeps
    /// those of its vouchers that are valid on the new day: other vouchers may be those that a placement of the plan counts on.
    /// </summary>
    public static Decision Move(Booking booking, PlanEntry.Move move, DecisionBasis basis) =>
        BookingRules.Dates(booking.Sitting.Start, basis, hasOverride: false, shortNoticeDays: null) is { } frozen and (Refusal.LeadTimeShort or Refusal.Past)
            ? new Decision.Refused(frozen is Refusal.Past ? new Refusal.SittingBegun() : frozen)
            : BookingRules.Reschedule(booking, move.To, overrideReason: null, basis, kind: WishKind.FromPlan);

    /// <summary>
    /// Whether a block of so many slots at <paramref name="start"/> lies in a window of the request (R11). The exam, the pool and the zone of the institution
    /// may have changed since the plan was made.
    /// </summary>
    public static bool IsInWindows(Request request, PoolId pool, Instant start, int slots, Institution institution, Catalogue catalogue)
    {
        if (!catalogue.Pools.TryGetValue(pool, out var known))
            return false;
        var blocks = new WindowBlocks(known.Value.Grid, institution.Zone, slots);
        var day = LeadTime.Day(start, institution.Zone);
        return request.Windows.Any(window => blocks.Starts(window, day, day).Contains(start));
    }

    /// <summary>The request after one of its placements was booked.</summary>
    public static Request Placed(Request request, Booking booking)
    {
        var placed = request.PlacedSeats + booking.Sitting.Seats;
        return request with
        {
            PlacedSeats = placed,
            Bookings = [.. request.Bookings, booking.Id],
            Booking = request.Booking ?? booking.Id,
            Status = placed < request.Seats ? RequestStatus.Queued : RequestStatus.Placed,
            Version = request.Version + 1,
        };
    }

    /// <summary>Whether a refusal ends when other entries free seats, proctors, workstations or vouchers.</summary>
    public static bool CanBeHelped(Refusal refusal) =>
        refusal is Refusal.SlotFull or Refusal.ProctorsExceeded or Refusal.LabSeatsExceeded or Refusal.VouchersShort;

    /// <summary>Whether a placement has no more candidates with extra time than candidates. A placement that has more is decided by no rule.</summary>
    public static bool IsWhole(PlanEntry.Placement placement) =>
        placement.Seats > 0 && placement.Accommodations.Sum(group => (long)group.Candidates) <= placement.Seats;

    /// <summary>The wish that a placement stands for.</summary>
    public static BookingWish WishOf(Request request, PlanEntry.Placement placement) => new()
    {
        Exam = request.Exam,
        Pool = placement.Pool,
        Start = placement.Start,
        Seats = placement.Seats,
        Mode = request.Mode,
        Accommodations = placement.Accommodations,
    };
}
