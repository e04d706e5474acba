using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Checks the slots of a block, after <see cref="BookingRules"/> has accepted the wish: closed, full and fair share, in this order. Pure: the figures of the
/// slots come from the caller.
/// </summary>
public static class BlockRules
{
    /// <summary>
    /// Why the slots have no room for a sitting (R3); null when they have. A closed slot comes before a full one. A slot in which the sitting adds no seats
    /// never refuses, also in a shortfall.
    /// </summary>
    /// <param name="sitting">The sitting that asks for seats.</param>
    /// <param name="own">The sitting that moves or grows: its seats count as free. Null for a new booking.</param>
    /// <param name="slots">The figures of the sitting's slots.</param>
    public static Refusal? Room(Sitting sitting, Sitting? own, ReadOnlySpan<SlotFigures> slots)
    {
        var isFull = false;
        ImmutableArray<Instant> closed = [];
        for (var k = 0; k < slots.Length; k++)
        {
            var added = sitting.Profile[k] - OwnSeats(own, sitting.Slot(k));
            if (added > 0 && slots[k].Capacity == 0)
                closed = closed.Add(sitting.Slot(k).Start);
            isFull |= added > 0 && added > slots[k].Free;
        }

        return !closed.IsEmpty ? new Refusal.Closed(closed) : isFull ? new Refusal.SlotFull(Rooms(sitting, own, slots), []) : null;
    }

    /// <summary>
    /// The refusal of a draft that exceeds the institution's fair share in one of its slots; null when the draft is within the fair share (R12).
    /// </summary>
    /// <param name="draft">The draft. Its own seats in each slot do not contain those of the booking that changes.</param>
    /// <param name="isChange">Whether the draft changes a booking.</param>
    /// <param name="capacities">The capacities of the draft's slots.</param>
    public static Refusal.FairShareExceeded? Share(BookingDraft draft, bool isChange, ReadOnlySpan<int> capacities)
    {
        for (var k = 0; draft.FairShare is not null && k < capacities.Length; k++)
        {
            if (draft.ExceedsShare(k, capacities[k]))
                return new(draft.Sitting.Slot(k).Start, draft.SeatsAllowed(capacities[k])!.Value, draft.OwnSeats[k]) { IsChange = isChange };
        }

        return null;
    }

    /// <summary>
    /// The first refusal that a new booking of this wish would get now; null when the booking would be made. <paramref name="look"/> gives the figures of a
    /// slot.
    /// </summary>
    public static Refusal? OfNewBooking(BookingWish wish, DecisionBasis basis, Func<SlotHour, SlotFigures> look)
    {
        var decision = BookingRules.Decide(wish, basis, WishKind.Booking);
        if (decision is not Decision.Accepted(var draft))
            return ((Decision.Refused)decision).Why;
        var sitting = draft.Sitting;
        Span<SlotFigures> slots = stackalloc SlotFigures[sitting.Profile.Slots];
        Span<int> capacities = stackalloc int[sitting.Profile.Slots];
        for (var k = 0; k < slots.Length; k++)
        {
            slots[k] = look(sitting.Slot(k));
            capacities[k] = slots[k].Capacity;
        }

        return Room(sitting, null, slots) ?? Share(draft, isChange: false, capacities);
    }

    private static ImmutableArray<SlotRoom> Rooms(Sitting sitting, Sitting? own, ReadOnlySpan<SlotFigures> slots)
    {
        var rooms = ImmutableArray.CreateBuilder<SlotRoom>(slots.Length);
        for (var k = 0; k < slots.Length; k++)
        {
            var slot = sitting.Slot(k);
            var seats = OwnSeats(own, slot);
            var free = Math.Max(0, slots[k].Free + seats);
            rooms.Add(new(slot.Start, free, sitting.Profile[k] > seats ? Math.Max(0, sitting.Profile[k] - free) : 0));
        }

        return rooms.MoveToImmutable();
    }

    private static int OwnSeats(Sitting? own, SlotHour slot) => own?.SeatsIn(slot) ?? 0;
}
