using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>R9: what may still be cancelled, moved or shrunk, and what becomes of the vouchers.</summary>
public static class Cancellation
{
    /// <summary>What keeps a booking from being changed at all: it was cancelled, or its sitting has begun. Null when nothing does.</summary>
    public static Refusal? Change(Booking booking, DecisionBasis basis) =>
        booking.Status == BookingStatus.Cancelled ? new Refusal.BookingCancelled()
        : booking.Sitting.HasBegun(basis.Now) ? new Refusal.SittingBegun()
        : null;

    /// <summary>What keeps it from being moved: the cut-off. Null before it.</summary>
    public static Refusal? Cutoff(Booking booking, DecisionBasis basis)
    {
        var given = LeadTime.DaysGiven(booking.Sitting.Start, basis.Now, basis.Institution.Zone);
        var needed = basis.Catalogue.Policy.Value.CancelCutoffDays;
        return given < needed ? new Refusal.CutoffPassed(given, needed) : null;
    }

    /// <summary>Whether vouchers given up now are spent: after the cut-off, when the policy says so.</summary>
    public static bool Forfeits(Booking booking, DecisionBasis basis) =>
        Cutoff(booking, basis) is not null && basis.Catalogue.Policy.Value.LateCancelVouchers == LateVouchers.Forfeit;

    /// <summary>
    /// The vouchers of a booking that shrinks, drawn afresh (R4). The basis' state is without the booking; late, those of the candidates taken off
    /// (<see cref="ForfeitedByShrink"/>) are spent first, so that they are not drawn again.
    /// </summary>
    public static ImmutableArray<VoucherDraw> VouchersOfShrink(Booking booking, int seats, Exam exam, DecisionBasis basis)
    {
        var examDay = LeadTime.Day(booking.Sitting.Start, basis.Institution.Zone);
        var packs = basis.State.Forfeited(ForfeitedByShrink(booking, seats, basis)).Packs;
        // Packs cannot have got shorter than what the booking itself gave back, so this draw succeeds unless the exam has changed its programme since.
        return Vouchers.Draw(packs.Values, exam.Programme, examDay, seats) ?? First(booking.Sitting.Vouchers, seats);
    }

    /// <summary>The vouchers that a shrunk booking leaves spent: all that it gave up when late, none in time.</summary>
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
