using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>What a command comes to on one state of its institution: a closed list. Pure, so that it can be decided again on a newer state.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>A rule says no.</summary>
    public sealed record Refused(Refusal Why) : Step;

    /// <summary>There is nothing to change; this is the answer.</summary>
    public sealed record Answered(Answer Answer) : Step;

    /// <summary>The memory does not fit what the ledger shows: load it, and decide again.</summary>
    public sealed record Doubted : Step;

    /// <summary>A change that the slots and the commit have to agree to.</summary>
    public sealed record Proposed(Proposal Proposal) : Step;
}

/// <summary>A change with all it needs on its way: what it asks of slots, the state after it, and the answer that it earns.</summary>
internal sealed record Proposal
{
    /// <summary>The change, without the guard, which the queue puts on.</summary>
    public required Change Change { get; init; }

    /// <summary>The institution's state once it is committed.</summary>
    public required InstitutionState After { get; init; }

    /// <summary>The answer once it is committed.</summary>
    public required Answer Answer { get; init; }

    /// <summary>What it does to slots, ascending.</summary>
    public ImmutableArray<SlotTouch> Touches { get; init; } = [];

    /// <summary>What the slots judge: block and fair share; null when nothing is asked for.</summary>
    public BookingDraft? Draft { get; init; }

    /// <summary>The sitting that moves or grows: its own seats count as free.</summary>
    public Sitting? Own { get; init; }

    /// <summary>Decides the same wish at another start, for alternatives; null where no other start would do.</summary>
    public Func<NodaTime.Instant, Decision>? Elsewhere { get; init; }

    /// <summary>Whether the waitlist asks.</summary>
    public bool FromWaitlist { get; init; }
}

/// <summary>What a change does to one slot.</summary>
internal readonly record struct SlotTouch(SlotHour Slot, int Booked, int Held, Hold? Made, int MadeSeats, HoldId? Ended)
{
    /// <summary>Seats it asks for; 0 when it frees or shifts.</summary>
    public int Ask => Math.Max(0, Booked + Held);

    /// <summary>Seats it frees.</summary>
    public int Freed => Math.Max(0, -(Booked + Held));

    /// <summary>Whether the ledger's row changes.</summary>
    public bool ChangesRow => Booked != 0 || Held != 0;

    public SlotDelta Delta => new(Slot, Booked, Held);

    public SlotSettlement Settlement(Guid ticket) => new(ticket, Booked, Made?.Id.Value, MadeSeats, Made?.ExpiresAt ?? default, Ended?.Value);

    /// <summary>The slots of a change that takes <paramref name="old"/> away and puts <paramref name="next"/> there, ends one hold and makes another.</summary>
    public static ImmutableArray<SlotTouch> Of(Sitting? old = null, Sitting? next = null, Hold? made = null, Hold? ended = null)
    {
        var touches = ImmutableArray.CreateBuilder<SlotTouch>((old ?? next ?? made?.Sitting ?? ended?.Sitting)?.Profile.Slots ?? 0);
        Add(touches, old, static (touch, seats, _, _) => touch with { Booked = touch.Booked - seats });
        Add(touches, next, static (touch, seats, _, _) => touch with { Booked = touch.Booked + seats });
        Add(touches, made?.Sitting, static (touch, seats, made, _) => touch with { Held = touch.Held + seats, Made = made, MadeSeats = seats }, made);
        Add(touches, ended?.Sitting, static (touch, seats, _, ended) => touch with { Held = touch.Held - seats, Ended = ended!.Id }, null, ended);
        return touches.DrainToImmutable();
    }

    private static void Add(
        ImmutableArray<SlotTouch>.Builder touches, Sitting? sitting, Func<SlotTouch, int, Hold?, Hold?, SlotTouch> change, Hold? made = null, Hold? ended = null)
    {
        for (var k = 0; k < (sitting?.Profile.Slots ?? 0); k++)
        {
            var slot = sitting!.Slot(k);
            var at = touches.Count;
            while (at > 0 && touches[at - 1].Slot.CompareTo(slot) >= 0)
                at--;
            if (at == touches.Count || touches[at].Slot != slot)
                touches.Insert(at, new(slot, 0, 0, null, 0, null));
            touches[at] = change(touches[at], sitting.Profile[k], made, ended);
        }
    }
}
