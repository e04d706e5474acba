using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The seats that a change adds to one slot (positive) or removes from it (negative).</summary>
internal readonly record struct SlotTouch(SlotHour Slot, int Booked, int Held)
{
    /// <summary>Seats added to the slot; negative when the slot gets free seats.</summary>
    public int Added => Booked + Held;

    /// <summary>
    /// The slots of a change that removes the booking <paramref name="old"/>, books <paramref name="next"/>, makes the hold <paramref name="made"/> and ends
    /// the hold <paramref name="ended"/>.
    /// </summary>
    public static ImmutableArray<SlotTouch> Of(Sitting? old = null, Sitting? next = null, Sitting? made = null, Sitting? ended = null)
    {
        var touches = ImmutableArray.CreateBuilder<SlotTouch>((old ?? next ?? made ?? ended)?.Profile.Slots ?? 0);
        Add(touches, old, -1, 0);
        Add(touches, next, 1, 0);
        Add(touches, made, 0, 1);
        Add(touches, ended, 0, -1);
        return touches.DrainToImmutable();
    }

    /// <summary>The changes of the slots' rows.</summary>
    public static ImmutableArray<SlotDelta> Deltas(ImmutableArray<SlotTouch> touches) =>
        [.. touches.Where(static touch => touch is not { Booked: 0, Held: 0 }).Select(static touch => new SlotDelta(touch.Slot, touch.Booked, touch.Held))];

    private static void Add(ImmutableArray<SlotTouch>.Builder touches, Sitting? sitting, int booked, int held)
    {
        for (var k = 0; k < (sitting?.Profile.Slots ?? 0); k++)
        {
            var slot = sitting!.Slot(k);
            var at = touches.Count;
            while (at > 0 && touches[at - 1].Slot.CompareTo(slot) >= 0)
                at--;
            if (at == touches.Count || touches[at].Slot != slot)
                touches.Insert(at, new(slot, 0, 0));
            var seats = sitting.Profile[k];
            touches[at] = touches[at] with { Booked = touches[at].Booked + (booked * seats), Held = touches[at].Held + (held * seats) };
        }
    }
}
