using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Steers a proposal through its slots. Slots are asked one after the other, ascending: a wish may wait at a slot for seats that are pending there, and whoever holds those
/// waits at later slots only, so no two ever wait for each other.
/// </summary>
internal sealed class BlockAdmission(IGrainFactory grains, Proposal proposal)
{
    private readonly Guid _ticket = Guid.CreateVersion7();
    private readonly ISlotPoolGrain?[] _slots = new ISlotPoolGrain?[proposal.Touches.Length];
    private SlotAnswer[] _answers = [];
    private int _asked;

    /// <summary>What is admitted. Decided anew it may have other rows, but asks the same of the same slots.</summary>
    public Proposal Proposal { get; set; } = proposal;

    /// <summary>Whether a slot that admitted has holds that lapsed and were not tidied up yet.</summary>
    public bool HasLapsed { get; private set; }

    /// <summary>
    /// Either seats of every touched slot are pending or announced; or nothing stays pending, with the slots' refusal, or with none when by now they would admit.
    /// </summary>
    /// <param name="keeps">Whether what it frees is kept for the waitlist.</param>
    public async ValueTask<(bool IsTaken, Refusal? Why)> Take(bool keeps)
    {
        try
        {
            return await TakeAll(keeps);
        }
        catch
        {
            // A slot could not be reached: what the others have pending or kept is given back. To a slot that never heard of the ticket that says nothing.
            _asked = Proposal.Touches.Length;
            Release();
            ReleaseKept();
            throw;
        }
    }

    private async ValueTask<(bool IsTaken, Refusal? Why)> TakeAll(bool keeps)
    {
        _answers = new SlotAnswer[Proposal.Draft?.Sitting.Profile.Slots ?? 0];
        for (var i = 0; i < Proposal.Touches.Length; i++)
        {
            var touch = Proposal.Touches[i];
            var slot = Slot(i);
            if (touch.Ask == 0 && Index(touch.Slot) < 0)
            {
                await slot.Announce(_ticket, keeps ? touch.Freed : 0);
                _asked++;
                continue;
            }

            var answer = await slot.Admit(new(_ticket, touch.Ask, Proposal.FromWaitlist, _asked > 0));
            if (answer.IsKept)
                return (false, await KeptIsOver(slot, touch.Ask));
            _answers[Index(touch.Slot)] = answer;
            if (!answer.IsAdmitted)
                return (false, await Refuse(Index(touch.Slot)));
            _asked++;
            HasLapsed |= answer.HasLapsed;
            // A slot where the own seats shrink while the block stays is asked for nothing, and yet frees some.
            if (keeps && touch.Freed > 0)
                await slot.Announce(_ticket, touch.Freed);
        }

        if (Share(Proposal) is not { } refusal)
            return (true, null);
        Release();
        return (false, refusal);
    }

    /// <summary>The fair share's refusal of a proposal to the slots that were taken; null when it keeps it. Own seats may have come since the slots were asked.</summary>
    public Refusal.FairShareExceeded? Share(Proposal proposal)
    {
        if (proposal.Draft is not { FairShare: not null } draft)
            return null;
        for (var k = 0; k < _answers.Length; k++)
        {
            if (draft.ExceedsShare(k, _answers[k].Capacity))
                return new(draft.Sitting.Slot(k).Start, draft.SeatsAllowed(_answers[k].Capacity)!.Value, draft.OwnSeats[k]);
        }

        return null;
    }

    /// <summary>Tells the slots that the change is committed.</summary>
    public void Settle()
    {
        for (var i = 0; i < _slots.Length; i++)
            Slot(i).Settle(Proposal.Touches[i].Settlement(_ticket)).Ignore();
    }

    /// <summary>Gives pending seats back: nothing was committed.</summary>
    public void Release()
    {
        for (var i = 0; i < _asked; i++)
            Slot(i).Settle(new(_ticket, 0)).Ignore();
        _asked = 0;
    }

    /// <summary>Gives pending seats back when it is not known whether they were committed: the slots read what became of them.</summary>
    public void Abandon()
    {
        Doubt([.. Proposal.Touches.Select(touch => touch.Slot)]);
        Release();
        ReleaseKept();
    }

    /// <summary>Lets walk-ins have what was kept.</summary>
    public void ReleaseKept()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Proposal.Touches[i].Freed > 0)
                Slot(i).ReleaseKept(_ticket).Ignore();
        }
    }

    /// <summary>Tells slots that their memory let a commit fail.</summary>
    public void Doubt(ImmutableArray<SlotHour> slots)
    {
        foreach (var slot in slots)
            grains.Slot(slot).Doubt().Ignore();
    }

    /// <summary>
    /// The slots' refusal with all figures: closed, full, in this order; null when by now they would have admitted. Seats of the booking that moves count as free. Slots up to
    /// <paramref name="refusing"/> have said what they have.
    /// </summary>
    private async ValueTask<Refusal?> Refuse(int refusing)
    {
        Release();
        var sitting = Proposal.Draft!.Sitting;
        var room = ImmutableArray.CreateBuilder<SlotRoom>(_answers.Length);
        var closed = ImmutableArray.CreateBuilder<NodaTime.Instant>();
        for (var k = 0; k < _answers.Length; k++)
        {
            var slot = sitting.Slot(k);
            var look = k <= refusing ? _answers[k] : await grains.Slot(slot).Look();
            var free = Math.Max(0, look.Free + OwnSeats(slot));
            // Seats that it has there already stand, also in a shortfall.
            var adds = sitting.Profile[k] > OwnSeats(slot);
            if (look.Capacity == 0 && adds)
                closed.Add(slot.Start);
            room.Add(new(slot.Start, free, adds ? Math.Max(0, sitting.Profile[k] - free) : 0));
        }

        return closed.Count > 0 ? new Refusal.Closed(closed.ToImmutable())
            : room.Any(one => one.Missing > 0) ? new Refusal.SlotFull(room.MoveToImmutable(), [])
            : null;
    }

    /// <summary>
    /// Waits for the end of the round that seats of this slot are kept for, with nothing pending anywhere: the round may ask for the very seats that were. Then all is asked anew.
    /// </summary>
    private async ValueTask<Refusal?> KeptIsOver(ISlotPoolGrain slot, int seats)
    {
        Release();
        var wait = Guid.CreateVersion7();
        if ((await slot.Admit(new(wait, seats, false))).IsAdmitted)
            slot.Settle(new(wait, 0)).Ignore();
        return null;
    }

    private int OwnSeats(SlotHour slot)
    {
        if (Proposal.Own is not { } own || own.Pool != slot.Pool)
            return 0;
        var k = slot.Minutes - SlotMinutes.Of(own.Start);
        return k >= 0 && k % SlotHour.LengthMinutes == 0 ? own.Profile[k / SlotHour.LengthMinutes] : 0;
    }

    private int Index(SlotHour slot)
    {
        if (Proposal.Draft?.Sitting is not { } sitting)
            return -1;
        var k = (slot.Minutes - SlotMinutes.Of(sitting.Start)) / SlotHour.LengthMinutes;
        return slot.Minutes >= SlotMinutes.Of(sitting.Start) && k < sitting.Profile.Slots ? k : -1;
    }

    /// <summary>The slot of the i-th touch. A proposal that was decided again touches the same ones.</summary>
    private ISlotPoolGrain Slot(int i) => _slots[i] ??= grains.Slot(Proposal.Touches[i].Slot);
}
