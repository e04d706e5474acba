using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>A wish that passed all rules except those of its slots (closed, full, fair share).</summary>
/// <param name="Sitting">The sitting that the booking would promise, with its vouchers drawn.</param>
/// <param name="FairShare">The fair share that applies to the booking (R12); null when none applies.</param>
/// <param name="OwnSeats">Seats that the institution already has in each slot of the block, without the seats of the booking that changes.</param>
/// <param name="Overseen">Whether the booking is one of the first online sessions (R8).</param>
public sealed record BookingDraft(Sitting Sitting, decimal? FairShare, ImmutableArray<int> OwnSeats, bool Overseen)
{
    /// <summary>For a resize: the seats that the booking had in the same slots. Only seats beyond these are checked (R4). Empty otherwise.</summary>
    public SeatProfile Before { get; init; }

    /// <summary>Whether the k-th slot takes more seats than before.</summary>
    public bool AddsTo(int k) => Sitting.Profile[k] > Before[k];

    /// <summary>Seats that the institution may have in a slot of this capacity under the fair share; null when no share applies.</summary>
    public int? SeatsAllowed(int capacity) => FairShare is { } share ? Domain.FairShare.SeatsAllowed(share, capacity) : null;

    /// <summary>Whether the change adds seats to the k-th slot, which has this capacity, and so exceeds the institution's fair share there.</summary>
    public bool ExceedsShare(int k, int capacity) => SeatsAllowed(capacity) is { } allowed && AddsTo(k) && OwnSeats[k] + Sitting.Profile[k] > allowed;
}
