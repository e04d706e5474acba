using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What somebody asks for, parsed: well formed, not yet judged.</summary>
public sealed record BookingWish
{
    /// <summary>The exam.</summary>
    public required ExamId Exam { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The block's start.</summary>
    public required Instant Start { get; init; }

    /// <summary>All candidates, at least 1.</summary>
    public required int Seats { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time, together at most <see cref="Seats"/>.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

    /// <summary>The school's own words.</summary>
    public string? Reference { get; init; }

    /// <summary>An operator's reason to go past lead time and fair share.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>The wish that a booking of this sitting would be, at another start.</summary>
    public static BookingWish Of(Sitting sitting, Instant start) => new()
    {
        Exam = sitting.Exam,
        Pool = sitting.Pool,
        Start = start,
        Seats = sitting.Seats,
        Mode = sitting.Mode,
        Accommodations = sitting.Accommodations,
        Reference = sitting.Reference,
        OverrideReason = sitting.OverrideReason,
    };

    /// <summary>The wish that a waitlist entry is.</summary>
    public static BookingWish Of(Request request) => new()
    {
        Exam = request.Exam,
        Pool = request.Pool,
        Start = request.PreferredStart,
        Seats = request.Seats,
        Mode = request.Mode,
        Accommodations = request.Accommodations,
    };
}

/// <summary>What a wish is judged for.</summary>
public enum WishKind
{
    /// <summary>A booking, made, moved or grown.</summary>
    Booking,

    /// <summary>A hold: its limits count too (R10).</summary>
    Hold,

    /// <summary>A booking that the waitlist offers: short notice counts (R9).</summary>
    FromWaitlist,
}

/// <summary>All that a decision rests on: one moment of the institution, the operator's things and the clock.</summary>
/// <param name="Institution">Its settings.</param>
/// <param name="State">What it has, without what may move in this decision, and without holds that lapsed.</param>
/// <param name="Catalogue">The operator's things.</param>
/// <param name="Now">The instant of the decision.</param>
public sealed record DecisionBasis(Institution Institution, InstitutionState State, Catalogue Catalogue, Instant Now);

/// <summary>A wish that passed all rules but those of its slots.</summary>
/// <param name="Sitting">What would be promised, vouchers drawn.</param>
/// <param name="FairShare">The share that binds it (R12); null when none does.</param>
/// <param name="OwnSeats">Seats that the institution has already in each slot of the block, without what moves.</param>
/// <param name="Overseen">One of the first online sessions (R8).</param>
public sealed record BookingDraft(Sitting Sitting, decimal? FairShare, ImmutableArray<int> OwnSeats, bool Overseen)
{
    /// <summary>Of a resize: the seats that the booking had in the same slots; only what exceeds them is judged (R4). Empty otherwise.</summary>
    public SeatProfile Before { get; init; }

    /// <summary>Whether the k-th slot takes more seats than before.</summary>
    public bool AddsTo(int k) => Sitting.Profile[k] > Before[k];

    /// <summary>Seats the institution may have in a slot of this capacity, when a share binds; null when none does.</summary>
    public int? SeatsAllowed(int capacity) => FairShare is { } share ? Domain.FairShare.SeatsAllowed(share, capacity) : null;

    /// <summary>Whether the k-th slot, of this capacity, would hold more than the fair share, by seats that are added to it.</summary>
    public bool ExceedsShare(int k, int capacity) => SeatsAllowed(capacity) is { } allowed && AddsTo(k) && OwnSeats[k] + Sitting.Profile[k] > allowed;
}

/// <summary>A decision: closed list.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>All rules of the institution are kept; the slots have the last word.</summary>
    public sealed record Accepted(BookingDraft Draft) : Decision;

    /// <summary>A rule says no.</summary>
    public sealed record Refused(Refusal Why) : Decision;
}
