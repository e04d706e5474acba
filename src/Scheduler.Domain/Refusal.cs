using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// The reason why the engine refuses a call: a stable code and the figures that a program needs. This is an expected answer, not an error. The list is closed.
/// The order is the order of the checks: when several refusals apply, the caller gets the first.
/// </summary>
public abstract record Refusal(string Code)
{
    /// <summary>The booking was cancelled.</summary>
    public sealed record BookingCancelled() : Refusal("booking_cancelled");

    /// <summary>The sitting has begun.</summary>
    public sealed record SittingBegun() : Refusal("sitting_begun");

    /// <summary>The cut-off has passed, so the booking cannot be moved (R9).</summary>
    public sealed record CutoffPassed(int DaysGiven, int DaysNeeded) : Refusal("cutoff_passed");

    /// <summary>The hold's time ran out, or the caller released the hold (R10).</summary>
    public sealed record HoldLapsed() : Refusal("hold_lapsed");

    /// <summary>The hold was already confirmed as a booking (R10).</summary>
    public sealed record HoldConfirmed(BookingId Booking) : Refusal("hold_confirmed");

    /// <summary>No exam has this id.</summary>
    public sealed record UnknownExam(string Exam) : Refusal("unknown_exam");

    /// <summary>No pool has this id.</summary>
    public sealed record UnknownPool(string Pool) : Refusal("unknown_pool");

    /// <summary>The exam, the pool or the institution is retired.</summary>
    public sealed record Retired(string Kind, string Id) : Refusal("retired");

    /// <summary>The exam's image does not run in this pool.</summary>
    public sealed record PoolCannotServeExam(ImmutableArray<PoolId> Pools) : Refusal("pool_cannot_serve_exam");

    /// <summary>The exam is not offered in this delivery mode.</summary>
    public sealed record ModeNotOffered(ImmutableArray<DeliveryMode> Modes) : Refusal("mode_not_offered");

    /// <summary>The start is not on the pool's grid, or the block crosses a gap that a clock change left between two slots (R1).</summary>
    public sealed record NotOnSlot(Instant NextStart) : Refusal("not_on_slot");

    /// <summary>The onboarding is not complete (R8). <see cref="Open"/> lists the open steps.</summary>
    public sealed record NotReady(ImmutableArray<string> Open) : Refusal("not_ready");

    /// <summary>The start is not later than now.</summary>
    public sealed record Past() : Refusal("past");

    /// <summary>The exam day is beyond the horizon (R2).</summary>
    public sealed record Horizon(int DaysGiven, int HorizonDays, LocalDate LatestDate) : Refusal("horizon");

    /// <summary>Too few days of notice (R2). <see cref="EarliestDate"/> is null when no day within the horizon leaves enough notice.</summary>
    public sealed record LeadTimeShort(int DaysGiven, int DaysNeeded, LocalDate? EarliestDate) : Refusal("lead_time")
    {
        /// <summary>The first date after the wished one that leaves enough notice by its own season; null when none within the horizon does.</summary>
        public LocalDate? NextDate { get; init; }
    }

    /// <summary>The season still collects requests (R16).</summary>
    public sealed record Collecting(Instant OpensAt) : Refusal("collecting");

    /// <summary>Not enough trained proctors (R6).</summary>
    public sealed record ProctorsExceeded(int Proctors, int CandidatesFree) : Refusal("proctors_exceeded");

    /// <summary>Not enough workstations (R6).</summary>
    public sealed record LabSeatsExceeded(int LabSeats, int CandidatesFree) : Refusal("lab_seats_exceeded");

    /// <summary>Too few vouchers are valid on the exam day (R7). The refusal lists the packs of the programme with their last days.</summary>
    public sealed record VouchersShort(int Missing, ImmutableArray<Pack> Packs) : Refusal("vouchers_short");

    /// <summary>Too many live holds, or too many seats held (R10).</summary>
    public sealed record HoldLimit(int MaxHolds, int MaxHeldSeats) : Refusal("hold_limit");

    /// <summary>An hour of the block has no capacity.</summary>
    public sealed record Closed(ImmutableArray<Instant> Hours) : Refusal("closed");

    /// <summary>Not enough seats (R3).</summary>
    public sealed record SlotFull(ImmutableArray<SlotRoom> Slots, ImmutableArray<Alternative> Alternatives) : Refusal("slot_full")
    {
        /// <summary>The free seats of the fullest of the slots in which seats are missing.</summary>
        public int? FewestFree => Slots.Where(slot => slot.Missing > 0).Select(slot => (int?)slot.Free).Min();

        /// <summary>
        /// Whether it helps to join the waitlist for the block (R9). False for a change of a booking, and for a wish that the waitlist would refuse.
        /// </summary>
        public bool CanWait { get; init; }

        /// <summary>Whether the pool offers too few seats in every hour to come. See <see cref="Refusal.NeverFits"/>.</summary>
        public bool ExceedsPool { get; init; }
    }

    /// <summary>
    /// More than the fair share of a slot (R12). <see cref="SeatsHeld"/> counts the institution's bookings and holds in the slot, without the booking that
    /// changes.
    /// </summary>
    public sealed record FairShareExceeded(Instant Slot, int SeatsAllowed, int SeatsHeld) : Refusal("fair_share")
    {
        /// <summary>Whether the call changes a booking, so that the seats of this booking are not among the seats held.</summary>
        public bool IsChange { get; init; }

        /// <summary>How many more seats of the slot the institution may have.</summary>
        public int SeatsLeft => Math.Max(0, SeatsAllowed - SeatsHeld);
    }

    /// <summary>The pool offers fewer seats in every slot to come, so a request for this many seats would wait for nothing.</summary>
    public sealed record NeverFits(int GreatestCapacity) : Refusal("never_fits");

    /// <summary>
    /// A flexible request without a candidate. <see cref="Why"/> names the rule that took the last one. <see cref="BlockMinutes"/> is the length of the block.
    /// </summary>
    public sealed record NoCandidates(CandidateRule Why, int BlockMinutes) : Refusal("no_candidates")
    {
        /// <summary>Days that the last block leaves; null when days did not decide.</summary>
        public int? DaysGiven { get; init; }

        /// <summary>Days that this block needed, or the horizon; null when days did not decide.</summary>
        public int? DaysNeeded { get; init; }

        /// <summary>The first date that leaves enough days; null when the lead time did not decide, or no date within the horizon does.</summary>
        public LocalDate? EarliestDate { get; init; }

        /// <summary>
        /// The first date after the last block that leaves enough days; null when the lead time did not decide, or no date within the horizon does.
        /// </summary>
        public LocalDate? NextDate { get; init; }

        /// <summary>The last date within the horizon; null when the horizon did not decide.</summary>
        public LocalDate? LatestDate { get; init; }
    }

    /// <summary>A flexible request cannot have fewer seats than plans have placed.</summary>
    public sealed record BelowPlaced(int PlacedSeats) : Refusal("below_placed");

    /// <summary>The request was withdrawn or has expired, so it cannot be changed.</summary>
    public sealed record RequestClosed(RequestStatus Status) : Refusal("request_closed");

    /// <summary>This institution's queue already has the greatest number of requests.</summary>
    public sealed record QueueFull(int MaxQueued) : Refusal("queue_full");

    /// <summary>The request already became a booking. Cancel the booking instead.</summary>
    public sealed record RequestPlaced(BookingId Booking) : Refusal("request_placed");

    /// <summary>The sitting has not begun, so the school cannot report attendance yet (R18).</summary>
    public sealed record SittingNotBegun() : Refusal("sitting_not_begun");

    /// <summary>The reported attendance is greater than the seats booked (R18).</summary>
    public sealed record MoreThanBooked(int Seats) : Refusal("more_than_booked");

    /// <summary>
    /// The accommodations of a resize name more candidates than the seats that remain. The fault is in the body, so the code is the code of an invalid field.
    /// </summary>
    public sealed record AccommodationsExceedSeats(int Seats) : Refusal("invalid");

    /// <summary>
    /// The new capacity of a slot would be lower than the seats booked and held there (R3). The bookings and holds are those in such slots: the first <see
    /// cref="Limits.NamedInRefusal"/> by start, and how many there are in all.
    /// </summary>
    public sealed record CapacityBelowBooked(
        ImmutableArray<SlotShortfall> Slots, ImmutableArray<BookingId> Bookings, int BookingsTotal, ImmutableArray<HoldId> Holds, int HoldsTotal)
        : Refusal("capacity_below_booked")
    {
        /// <summary>Whether the call takes back a raise. Such a call cannot be forced.</summary>
        public bool IsUndo { get; init; }
    }

    /// <summary>
    /// The thing cannot be retired, because something to come rests on it. <see cref="Institutions"/> are the schools of a board, at most <see
    /// cref="Limits.NamedTouches"/>.
    /// </summary>
    public sealed record InUse(Touches Touches, ImmutableArray<InstitutionId> Institutions) : Refusal("in_use");

    /// <summary>
    /// Bookings or holds have vouchers of the pack that the correction would no longer cover (R7). The first <see cref="Limits.NamedInRefusal"/> of each are
    /// named by start, and all are counted. <see cref="VouchersTaken"/> vouchers of the pack are set aside, used or forfeited.
    /// </summary>
    public sealed record PackInUse(
        int VouchersTaken, ImmutableArray<BookingId> Bookings, int BookingsTotal, ImmutableArray<HoldId> Holds, int HoldsTotal) : Refusal("pack_in_use");

    /// <summary>The pack is void, so it can no longer be corrected (R7).</summary>
    public sealed record PackVoid() : Refusal("pack_void");

    /// <summary>The last change of the pool's capacity did not raise the capacity as advised.</summary>
    public sealed record NothingToUndo() : Refusal("nothing_to_undo");

    /// <summary>The pool's slots start at the whole hours of its zone, so the zone cannot be changed (R1).</summary>
    public sealed record PoolZoneFixed(string Zone) : Refusal("pool_zone_fixed");

    /// <summary>The horizon would be shorter than the lead time of a season that is not over, so nobody could book in that season (R2).</summary>
    public sealed record HorizonTooShort(int HorizonDays, int LeadTimeDays, SeasonId Season) : Refusal("horizon_too_short");

    /// <summary>Another plan of one of the pools is running. A pool has one running plan at most.</summary>
    public sealed record PlanRunning(PlanId Plan) : Refusal("plan_running");

    /// <summary>As many plans run as may run at once.</summary>
    public sealed record TooManyPlans(int MaxRunning) : Refusal("too_many_plans");

    /// <summary>The plan has no result that can be applied: it still runs, it failed, or it was cancelled.</summary>
    public sealed record PlanNotReady(PlanStatus Status) : Refusal("plan_not_ready");

    /// <summary>The key is the only operator's key, so revoking it would lock the operators out.</summary>
    public sealed record LastOperatorKey() : Refusal("last_operator_key");

    /// <summary>An account has this e-mail address already.</summary>
    public sealed record EmailTaken() : Refusal("email_taken");

    /// <summary>Nobody changes the own role or removes the own account.</summary>
    public sealed record OwnAccount() : Refusal("own_account");

    /// <summary>The institution has as many open invitations as it may have.</summary>
    public sealed record TooManyInvitations(int MaxOpen) : Refusal("too_many_invitations");

    /// <summary>Files of an import cannot be read.</summary>
    public sealed record ImportUnreadable(ImmutableArray<ImportFileFault> Faults) : Refusal("import_unreadable");

    /// <summary>Subjects of an import were changed after its dry run. <see cref="Changes"/> has the first of them.</summary>
    public sealed record ImportStale(ImmutableArray<ImportChange> Changes, int Total) : Refusal("import_stale");

    /// <summary>An import would take away more than a tenth of what is there, and nobody gave a reason by force.</summary>
    public sealed record ImportVanishes(int Vanishing, int Present) : Refusal("import_vanishes");

    /// <summary>The import was made so long ago that its rows can be applied no more.</summary>
    public sealed record ImportExpired(Instant EndedAt) : Refusal("import_expired");
}
