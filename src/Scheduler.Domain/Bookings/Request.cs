using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a request is. The names are kept in the ledger and may only grow.</summary>
public enum RequestStatus
{
    /// <summary>It waits.</summary>
    Queued,

    /// <summary>It became a booking.</summary>
    Placed,

    /// <summary>Its school took it back.</summary>
    Withdrawn,

    /// <summary>Its block can no longer be booked.</summary>
    Expired,
}

/// <summary>When and why a waitlist entry was passed over, by a refusal's code.</summary>
public readonly record struct PassedOver(Instant At, string Why);

/// <summary>A waitlist entry: a request for exactly one block, served when it frees (R9).</summary>
public sealed record Request
{
    /// <summary>The id.</summary>
    public required RequestId Id { get; init; }

    /// <summary>Whose queue.</summary>
    public required InstitutionId Institution { get; init; }

    /// <summary>The exam.</summary>
    public required ExamId Exam { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The block's start.</summary>
    public required Instant PreferredStart { get; init; }

    /// <summary>All candidates.</summary>
    public required int Seats { get; init; }

    /// <summary>Seats per slot as of when it was made: tells which slots it waits for.</summary>
    public required SeatProfile Profile { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

    /// <summary>Served before lower ones; 1 unless an operator says otherwise.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Its place in time among all requests: given by the ledger, never by a clock.</summary>
    public long Sequence { get; init; }

    /// <summary>Queued, placed, withdrawn or expired.</summary>
    public RequestStatus Status { get; init; } = RequestStatus.Queued;

    /// <summary>The booking that served it.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>When it was last passed over, and why.</summary>
    public PassedOver? PassedOver { get; init; }

    /// <summary>Rises with every change: the ETag.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether it waits for this slot.</summary>
    public bool Covers(SlotHour slot)
    {
        var after = slot.Minutes - SlotMinutes.Of(PreferredStart);
        return slot.Pool == Pool && after >= 0 && after < Profile.Slots * SlotHour.LengthMinutes;
    }
}
