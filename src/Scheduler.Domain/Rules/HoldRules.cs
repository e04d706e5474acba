using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Decides the change of a hold (R10).</summary>
public static class HoldRules
{
    /// <summary>
    /// Decides a hold for other candidates in the same block, in place of a live hold and under its terms (R15). All rules of a new hold apply to the seats
    /// that are added. The state in the basis must not contain the hold, so its own seats, vouchers and its place among the holds count as free.
    /// </summary>
    public static Decision Replace(Hold hold, int seats, DeliveryMode mode, ImmutableArray<Accommodation> accommodations, DecisionBasis basis)
    {
        if (Ended(hold, basis) is { } refusal)
            return new Decision.Refused(refusal);
        var wish = BookingWish.Of(hold.Sitting, hold.Sitting.Start) with
        {
            Seats = seats,
            Mode = mode,
            Accommodations = accommodations,
            OverrideReason = hold.Sitting.OverrideReason,
        };
        return BookingRules.Decide(wish, basis, WishKind.Hold, hold.Sitting.Profile);
    }

    /// <summary>Why a hold that has ended can neither be confirmed nor changed; null while the hold keeps its seats.</summary>
    public static Refusal? Ended(Hold hold, DecisionBasis basis) => hold.StatusAt(basis.Now) switch
    {
        HoldStatus.Lapsed or HoldStatus.Released => new Refusal.HoldLapsed(),
        HoldStatus.Confirmed => new Refusal.HoldConfirmed(hold.Booking!.Value),
        _ => null,
    };
}
