using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>R7: whether a pack may be corrected. What its vouchers were set aside for must stay covered.</summary>
public static class PackRules
{
    /// <summary>Why a pack cannot be corrected; null when it can.</summary>
    /// <param name="pack">The pack in the state of the basis.</param>
    /// <param name="corrected">The same pack with its new quantity, purchase date, or void.</param>
    /// <param name="ended">The institution's bookings that have ended and have vouchers of the pack. The state does not contain them.</param>
    /// <param name="basis">The institution and its state.</param>
    public static Refusal? Correct(Pack pack, Pack corrected, IEnumerable<Booking> ended, DecisionBasis basis)
    {
        if (pack.IsVoid)
            return new Refusal.PackVoid();
        var toCome = basis.State.Bookings.Values.Where(booking => booking.Sitting.End > basis.Now && Draws(booking.Sitting, pack.Id)).ToList();
        var past = basis.State.Bookings.Values.Where(booking => booking.Sitting.End <= basis.Now && Draws(booking.Sitting, pack.Id))
            .Concat(ended.Where(booking => booking.Sitting.End <= basis.Now)).DistinctBy(booking => booking.Id);
        var holds = basis.State.Holds.Values.Where(hold => Draws(hold.Sitting, pack.Id)).ToList();
        if (corrected.IsVoid)
            return toCome.Count + holds.Count > 0 ? InUse(pack, toCome, holds) : null;
        if (corrected.Quantity < pack.Taken)
            return InUse(pack, [.. past, .. toCome], holds);
        bool IsOutside(Sitting sitting) => !corrected.Covers(LeadTime.Day(sitting.Start, basis.Institution.Zone));
        var outside = past.Concat(toCome).Where(booking => IsOutside(booking.Sitting)).ToList();
        var holdsOutside = holds.Where(hold => IsOutside(hold.Sitting)).ToList();
        var isMoved = corrected.PurchasedOn != pack.PurchasedOn;
        return isMoved && outside.Count + holdsOutside.Count > 0 ? InUse(pack, outside, holdsOutside) : null;
    }

    private static bool Draws(Sitting sitting, PackId pack) => sitting.Vouchers.Any(draw => draw.Pack == pack);

    private static Refusal.PackInUse InUse(Pack pack, List<Booking> bookings, List<Hold> holds) => new(
        pack.Taken,
        [.. bookings.OrderBy(booking => booking.Sitting.Start).ThenBy(booking => booking.Id.Value).Select(booking => booking.Id).Take(Limits.NamedInRefusal)],
        bookings.Count,
        [.. holds.OrderBy(hold => hold.Sitting.Start).ThenBy(hold => hold.Id.Value).Select(hold => hold.Id).Take(Limits.NamedInRefusal)],
        holds.Count);
}
