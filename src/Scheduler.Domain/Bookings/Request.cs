using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// An institution's demand that waits. A request with windows is flexible: a plan gives it a start within its windows (R11). A request without windows is a
/// waitlist entry: it waits for exactly the block at its preferred start, and the engine books the block when enough seats become free (R9).
/// </summary>
public sealed record Request
{
    /// <summary>The id.</summary>
    public required RequestId Id { get; init; }

    /// <summary>The institution whose queue has the request.</summary>
    public required InstitutionId Institution { get; init; }

    /// <summary>The exam.</summary>
    public required ExamId Exam { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The start of a waitlist entry's block; the start nearest to which a flexible request wants to sit.</summary>
    public required Instant PreferredStart { get; init; }

    /// <summary>All candidates.</summary>
    public required int Seats { get; init; }

    /// <summary>Seats per slot, computed when the request was made. The profile shows for which slots the request waits.</summary>
    public required SeatProfile Profile { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

    /// <summary>The windows of a flexible request; empty for a waitlist entry.</summary>
    public ImmutableArray<RequestWindow> Windows { get; init; } = [];

    /// <summary>The fewest candidates of one part, for a flexible request that may be split over several starts; null for one that may not.</summary>
    public int? MinGroup { get; init; }

    /// <summary>The bookings that plans made for a flexible request.</summary>
    public ImmutableArray<BookingId> Bookings { get; init; } = [];

    /// <summary>The candidates of a flexible request that plans have placed.</summary>
    public int PlacedSeats { get; init; }

    /// <summary>The candidates of a flexible request that no plan has placed yet.</summary>
    public int OpenSeats => Seats - PlacedSeats;

    /// <summary>Whether the request is flexible; otherwise the request is a waitlist entry.</summary>
    public bool IsFlexible => !Windows.IsDefaultOrEmpty;

    /// <summary>The weight: requests of higher weight are served first. 1 unless an operator sets another weight.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The request's place by age among all requests. The ledger assigns the number; no clock is used.</summary>
    public long Sequence { get; init; }

    /// <summary>Queued, placed, withdrawn or expired.</summary>
    public RequestStatus Status { get; init; } = RequestStatus.Queued;

    /// <summary>The booking that served the request; null without one.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>When the request was last passed over, and why; null if never.</summary>
    public PassedOver? PassedOver { get; init; }

    /// <summary>The version. The version rises with every change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// Whether a waitlist entry's block is still to come. Of a flexible request: whether its last window is not over in every zone.
    /// </summary>
    public bool LiesAhead(Instant now) => IsFlexible ? Windows.Any(window => !window.IsOver(now)) : PreferredStart > now;

    /// <summary>The k-th slot of the block.</summary>
    public SlotHour Slot(int k) => new(Pool, SlotMinutes.Of(PreferredStart) + (k * SlotHour.LengthMinutes));

    /// <summary>Whether the waitlist entry waits for this slot.</summary>
    public bool Covers(SlotHour slot)
    {
        var after = slot.Minutes - SlotMinutes.Of(PreferredStart);
        return slot.Pool == Pool && after >= 0 && after < Profile.Slots * SlotHour.LengthMinutes;
    }
}
