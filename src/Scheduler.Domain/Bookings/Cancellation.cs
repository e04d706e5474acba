using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>R9: whether a booking may still be cancelled, moved or shrunk, and what happens to its vouchers.</summary>
public static class Cancellation
{
    /// <summary>Why a booking cannot be changed at all: the booking was cancelled, or its sitting has begun. Null when the booking can be changed.</summary>
    public static Refusal? Change(Booking booking, DecisionBasis basis) =>
        booking.Status == BookingStatus.Cancelled ? new Refusal.BookingCancelled()
        : booking.Sitting.HasBegun(basis.Now) ? new Refusal.SittingBegun()
        : null;

    /// <summary>Why a booking cannot be moved: the cut-off has passed. Null before the cut-off.</summary>
    public static Refusal? Cutoff(Booking booking, DecisionBasis basis)
    {
        var given = LeadTime.DaysGiven(booking.Sitting.Start, basis.Now, basis.Institution.Zone);
        var needed = basis.Catalogue.Policy.Value.CancelCutoffDays;
        return given < needed ? new Refusal.CutoffPassed(given, needed) : null;
    }

    /// <summary>The last day on which a booking can be changed freely, in the institution's zone.</summary>
    public static LocalDate LastFreeDay(Instant start, DateTimeZone zone, Policy policy) => LeadTime.Day(start, zone).PlusDays(-policy.CancelCutoffDays);

    /// <summary>Whether vouchers that the booking gives up now are forfeited: the cut-off has passed and the policy forfeits them.</summary>
    public static bool Forfeits(Booking booking, DecisionBasis basis) =>
        Cutoff(booking, basis) is not null && basis.Catalogue.Policy.Value.LateCancelVouchers == LateVouchers.Forfeit;

    /// <summary>
    /// The vouchers of a booking that shrinks, drawn again (R4). The state in the basis must not contain the booking. After the cut-off, the vouchers of the
    /// removed candidates (<see cref="ForfeitedByShrink"/>) are spent first, so that they are not drawn again.
    /// </summary>
    public static ImmutableArray<VoucherDraw> VouchersOfShrink(Booking booking, int seats, DecisionBasis basis)
    {
        var examDay = LeadTime.Day(booking.Sitting.Start, basis.Institution.Zone);
        var packs = basis.State.Forfeited(ForfeitedByShrink(booking, seats, basis)).Packs;
        // The packs contain at least the vouchers that the booking itself gave back. So this draw fails only when the institution's zone has changed since, and
        // the vouchers are not valid on the exam day in the new zone. The booking keeps its vouchers then.
        return Vouchers.Draw(packs.Values, booking.Sitting.Terms.Programme, examDay, seats) ?? First(booking.Sitting.Vouchers, seats);
    }

    /// <summary>
    /// The vouchers that a booking forfeits when it shrinks: the vouchers of the removed candidates when <see cref="Forfeits"/> is true, otherwise none.
    /// </summary>
    public static ImmutableArray<VoucherDraw> ForfeitedByShrink(Booking booking, int seats, DecisionBasis basis)
    {
        if (!Forfeits(booking, basis) || seats >= booking.Sitting.Seats)
            return [];
        var kept = First(booking.Sitting.Vouchers, seats).ToDictionary(draw => draw.Pack, draw => draw.Vouchers);
        return
        [
            .. booking.Sitting.Vouchers
                .Select(draw => draw with { Vouchers = draw.Vouchers - kept.GetValueOrDefault(draw.Pack) })
                .Where(draw => draw.Vouchers > 0),
        ];
    }

    private static ImmutableArray<VoucherDraw> First(ImmutableArray<VoucherDraw> draws, int count)
    {
        var first = ImmutableArray.CreateBuilder<VoucherDraw>();
        foreach (var draw in draws)
        {
            var take = Math.Min(count, draw.Vouchers);
            if (take > 0)
                first.Add(draw with { Vouchers = take });
            count -= take;
        }

        return first.ToImmutable();
    }
}
