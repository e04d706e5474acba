using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Checks one block with the rules that decide a booking, and collects the figures of each rule, also of those that the block keeps. An override counts as
/// for a booking (R2, R12), and never for the waitlist.
/// </summary>
internal static class BlockCheck
{
    public static BlockCheckAnswer Of(SeasonPicture picture, DecisionBasis basis, BlockCheckQuery query)
    {
        var (others, own) = Others(basis, query);
        var wish = query.Wish;
        var answer = new BlockCheckAnswer
        {
            WhyNot = BlockRules.OfNewBooking(wish, others, Look),
            WhyNoWait = BookingRules.Join(wish with { OverrideReason = null }, others, out _),
        };
        return others.Catalogue.Exams.TryGetValue(wish.Exam, out var exam) && others.Catalogue.Pools.ContainsKey(wish.Pool)
            ? WithFigures(answer, wish, wish.Terms ?? ExamTerms.Of(exam.Value), others, Look)
            : answer;

        SlotFigures Look(SlotHour slot)
        {
            var view = picture.Look(slot, basis.Now);
            return new(view.Capacity, view.Free + (own?.SeatsIn(slot) ?? 0));
        }
    }

    /// <summary>The basis without the hold that would become the booking, or without the booking that would move; and its sitting.</summary>
    private static (DecisionBasis Others, Sitting? Own) Others(DecisionBasis basis, BlockCheckQuery query)
    {
        if (query.Hold is { } hold && basis.State.Holds.TryGetValue(new(hold), out var held))
            return (basis with { State = basis.State.Without(held) }, held.Sitting);
        if (query.Moves is { } booking && basis.State.Bookings.TryGetValue(new(booking), out var moved))
            return (basis with { State = basis.State.Without(moved) }, moved.Sitting);
        return (basis, null);
    }

    private static BlockCheckAnswer WithFigures(
        BlockCheckAnswer answer, BookingWish wish, ExamTerms terms, DecisionBasis basis, Func<SlotHour, SlotFigures> look)
    {
        var (catalogue, zone) = (basis.Catalogue, basis.Institution.Zone);
        var policy = catalogue.Policy.Value;
        var profile = BlockLength.Profile(terms, wish.Seats, wish.Accommodations);
        var (today, examDay) = (LeadTime.Day(basis.Now, zone), LeadTime.Day(wish.Start, zone));
        var packs = Vouchers.Fitting(basis.State.Packs.Values, terms.Programme, examDay).ToList();
        var slots = Enumerable.Range(0, profile.Slots)
            .Select(k => new SlotHour(wish.Pool, SlotMinutes.Of(wish.Start) + (k * SlotHour.LengthMinutes)))
            .Select((slot, k) => (Slot: slot, Figures: look(slot), Seats: profile[k])).ToList();
        var share = FairShare.Binding(examDay, today, catalogue.Calendar, policy);
        var (allowed, held) = share is { } part
            ? slots.Select(slot => (Allowed: FairShare.SeatsAllowed(part, slot.Figures.Capacity), Held: basis.State.SeatsBySlot.GetValueOrDefault(slot.Slot)))
                .MinBy(slot => slot.Allowed - slot.Held)
            : (0, 0);
        return answer with
        {
            Slots = [.. slots.Select(slot => Room(slot.Slot, slot.Figures, slot.Seats))],
            CandidatesFree = Supervision.Room(basis.State, wish.Mode, wish.Start, profile, Supervision.Limit(basis.Institution, wish.Mode, policy)).Free,
            Vouchers = packs.Sum(pack => Math.Max(0, pack.Remaining)),
            VouchersUntil = LastDay(packs, wish.Seats),
            DaysGiven = LeadTime.Days(today, examDay),
            DaysNeeded = catalogue.Calendar.DaysNeeded(examDay, policy),
            SeatsAllowed = share is null ? null : allowed,
            SeatsHeld = held,
        };
    }

    private static SlotRoom Room(SlotHour slot, SlotFigures figures, int seats)
    {
        var free = figures.Capacity == 0 ? 0 : Math.Max(0, figures.Free);
        return new(slot.Start, free, Math.Max(0, seats - free));
    }

    private static LocalDate? LastDay(List<Pack> packs, int seats)
    {
        foreach (var pack in packs)
        {
            seats -= Math.Max(0, pack.Remaining);
            if (seats <= 0)
                return pack.ExpiresOn;
        }

        return null;
    }
}
