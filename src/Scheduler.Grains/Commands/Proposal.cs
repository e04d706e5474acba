using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A change that was decided: the seats that the change needs from the slots, and how to write the change after the slots have admitted it.</summary>
internal sealed record Proposal
{
    /// <summary>Makes the ids, the rows and the record. Called once, after the slots have admitted the change.</summary>
    public required Func<Completion> Complete { get; init; }

    /// <summary>The seats that the change adds to slots or removes from them, ascending by slot.</summary>
    public ImmutableArray<SlotTouch> Touches { get; init; } = [];

    /// <summary>The block for which the slots are asked; null when the change asks for no seats.</summary>
    public BookingDraft? Draft { get; init; }

    /// <summary>The sitting that moves or grows: its seats count as free.</summary>
    public Sitting? Own { get; init; }

    /// <summary>Decides the same wish at another start, to find alternatives; null when the command cannot use another start.</summary>
    public Func<Instant, Decision>? Elsewhere { get; init; }

    /// <summary>The wish that could wait for its block on the waitlist; null when waiting makes no sense, such as for a change of a booking.</summary>
    public BookingWish? Wish { get; init; }

    /// <summary>Who asks for the seats.</summary>
    public SlotAsker Asker { get; init; }

    /// <summary>Whether the change gives vouchers back to packs.</summary>
    public bool GivesVouchers { get; init; }

    /// <summary>Slots that get free seats.</summary>
    public IEnumerable<SlotHour> Freed => Touches.Where(touch => touch.Added < 0).Select(touch => touch.Slot);

    /// <summary>Seats that the booking which moves has in a slot already.</summary>
    public int OwnSeats(SlotHour slot) => Own?.SeatsIn(slot) ?? 0;

    /// <summary>Whether the other proposal asks the same slots for the same seats, so that one answer of the slots is valid for both proposals.</summary>
    public bool AsksTheSame(Proposal other) => Touches.AsSpan().SequenceEqual(other.Touches.AsSpan());
}
