using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>A waitlist entry: a request for exactly one block. The engine books the block when enough seats become free (R9).</summary>
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

    /// <summary>The block's start.</summary>
    public required Instant PreferredStart { get; init; }

    /// <summary>All candidates.</summary>
    public required int Seats { get; init; }

    /// <summary>Seats per slot, computed when the request was made. The profile shows for which slots the request waits.</summary>
    public required SeatProfile Profile { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

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

    /// <summary>The k-th slot of the block.</summary>
    public SlotHour Slot(int k) => new(Pool, SlotMinutes.Of(PreferredStart) + (k * SlotHour.LengthMinutes));

    /// <summary>Whether the request waits for this slot.</summary>
    public bool Covers(SlotHour slot)
    {
        var after = slot.Minutes - SlotMinutes.Of(PreferredStart);
        return slot.Pool == Pool && after >= 0 && after < Profile.Slots * SlotHour.LengthMinutes;
    }
}
