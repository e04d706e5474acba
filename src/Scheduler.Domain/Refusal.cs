using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats of one slot as a refusal tells them.</summary>
/// <param name="Start">The slot's start.</param>
/// <param name="Free">Seats free there, the caller's own that may move counted as free; never below 0.</param>
/// <param name="Missing">Seats more that the wish needs there; 0 where it fits.</param>
public readonly record struct SlotRoom(Instant Start, int Free, int Missing);

/// <summary>Another block that would do: posted at once, it books.</summary>
public sealed record Alternative(Instant Start, int Free, ImmutableArray<int> FreePerSlot);

/// <summary>
/// A "no" that was to be expected, with a stable code and the figures a program needs: a closed list, in the order in which the first that holds answers.
/// </summary>
public abstract record Refusal(string Code)
{
    /// <summary>The booking was cancelled.</summary>
    public sealed record BookingCancelled() : Refusal("booking_cancelled");

    /// <summary>The sitting has begun.</summary>
    public sealed record SittingBegun() : Refusal("sitting_begun");

    /// <summary>Too late to move (R9).</summary>
    public sealed record CutoffPassed(int DaysGiven, int DaysNeeded) : Refusal("cutoff_passed");

    /// <summary>The hold's time ran out, or it was given back (R10).</summary>
    public sealed record HoldLapsed() : Refusal("hold_lapsed");

    /// <summary>The hold is a booking already (R10).</summary>
    public sealed record HoldConfirmed(BookingId Booking) : Refusal("hold_confirmed");

    /// <summary>No such exam.</summary>
    public sealed record UnknownExam(string Exam) : Refusal("unknown_exam");

    /// <summary>No such pool.</summary>
    public sealed record UnknownPool(string Pool) : Refusal("unknown_pool");

    /// <summary>The exam's image does not run in this pool.</summary>
    public sealed record PoolCannotServeExam(ImmutableArray<PoolId> Pools) : Refusal("pool_cannot_serve_exam");

    /// <summary>The exam is not sat in this mode.</summary>
    public sealed record ModeNotOffered(ImmutableArray<DeliveryMode> Modes) : Refusal("mode_not_offered");

    /// <summary>The start is off the pool's grid, or the block crosses a gap of the clock (R1).</summary>
    public sealed record NotOnSlot(Instant NextStart) : Refusal("not_on_slot");

    /// <summary>The onboarding is not complete (R8).</summary>
    public sealed record NotReady(ImmutableArray<string> Open) : Refusal("not_ready");

    /// <summary>The start is not later than now.</summary>
    public sealed record Past() : Refusal("past");

    /// <summary>Too far ahead (R2).</summary>
    public sealed record Horizon(int DaysGiven, int HorizonDays, LocalDate LatestDate) : Refusal("horizon");

    /// <summary>Too few days of notice (R2). <see cref="EarliestDate"/> is null when no day within the horizon would do.</summary>
    public sealed record LeadTimeShort(int DaysGiven, int DaysNeeded, LocalDate? EarliestDate) : Refusal("lead_time");

    /// <summary>The season still collects requests (R16).</summary>
    public sealed record Collecting(Instant OpensAt) : Refusal("collecting");

    /// <summary>Not enough trained proctors (R6).</summary>
    public sealed record ProctorsExceeded(int Proctors, int CandidatesFree) : Refusal("proctors_exceeded");

    /// <summary>Not enough workstations (R6).</summary>
    public sealed record LabSeatsExceeded(int LabSeats, int CandidatesFree) : Refusal("lab_seats_exceeded");

    /// <summary>Not enough vouchers that are valid on the exam day (R7); the packs of the programme are told with their ends.</summary>
    public sealed record VouchersShort(int Missing, ImmutableArray<Pack> Packs) : Refusal("vouchers_short");

    /// <summary>Too many live holds, or too many seats held (R10).</summary>
    public sealed record HoldLimit(int MaxHolds, int MaxHeldSeats) : Refusal("hold_limit");

    /// <summary>An hour of the block has no capacity.</summary>
    public sealed record Closed(ImmutableArray<Instant> Hours) : Refusal("closed");

    /// <summary>Not enough seats (R3).</summary>
    public sealed record SlotFull(ImmutableArray<SlotRoom> Slots, ImmutableArray<Alternative> Alternatives) : Refusal("slot_full");

    /// <summary>More than the fair share of a slot (R12).</summary>
    public sealed record FairShareExceeded(Instant Slot, int SeatsAllowed, int SeatsHeld) : Refusal("fair_share");

    /// <summary>Too many wait in this institution's queue already.</summary>
    public sealed record QueueFull(int MaxQueued) : Refusal("queue_full");

    /// <summary>The request is a booking already: cancel that.</summary>
    public sealed record RequestPlaced(BookingId Booking) : Refusal("request_placed");

    /// <summary>The sitting has not begun, so nobody can have sat yet (R18).</summary>
    public sealed record SittingNotBegun() : Refusal("sitting_not_begun");

    /// <summary>More sat than were booked (R18).</summary>
    public sealed record MoreThanBooked(int Seats) : Refusal("more_than_booked");
}
