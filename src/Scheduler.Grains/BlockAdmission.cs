using System.Collections.Immutable;
using NodaTime;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Asks all slots of a block at the same time and combines their answers. The slots store nothing about an ask, so no seats have to be given back.
/// </summary>
internal sealed class BlockAdmission(IGrainFactory grains)
{
    /// <summary>Asks every slot of the proposal's block for the seats that the block adds there.</summary>
    public async ValueTask<BlockAnswer> Ask(Proposal proposal, bool mustBeFresh, CancellationToken cancellation)
    {
        if (proposal.Draft is not { } draft)
            return BlockAnswer.Admitted.Nothing;
        var sitting = draft.Sitting;
        if (sitting.Profile.Slots == 1)
            return Together(proposal, [await Ask(0)]);
        var asks = new Task<SlotAnswer>[sitting.Profile.Slots];
        for (var k = 0; k < asks.Length; k++)
            asks[k] = Ask(k).AsTask();
        return Together(proposal, await Task.WhenAll(asks));

        ValueTask<SlotAnswer> Ask(int k)
        {
            var slot = sitting.Slot(k);
            return grains.Slot(slot).Admit(new(sitting.Profile[k] - proposal.OwnSeats(slot), proposal.Asker, mustBeFresh), cancellation);
        }
    }

    /// <summary>
    /// Combines the slots' answers; a closed slot comes before a full one. The seats of a booking that moves count as free. A slot in which the block adds no
    /// seats never refuses, also in a shortfall.
    /// </summary>
    private static BlockAnswer Together(Proposal proposal, SlotAnswer[] answers)
    {
        if (Array.TrueForAll(answers, answer => answer.IsAdmitted && answer.Capacity > 0))
            return new BlockAnswer.Admitted([.. answers.Select(answer => answer.Capacity)]);
        var sitting = proposal.Draft!.Sitting;
        var room = ImmutableArray.CreateBuilder<SlotRoom>(answers.Length);
        var closed = ImmutableArray.CreateBuilder<Instant>();
        for (var k = 0; k < answers.Length; k++)
        {
            var slot = sitting.Slot(k);
            var own = proposal.OwnSeats(slot);
            var free = Math.Max(0, answers[k].Free + own);
            var adds = sitting.Profile[k] > own;
            if (answers[k].Capacity == 0 && adds)
                closed.Add(slot.Start);
            room.Add(new(slot.Start, free, adds ? Math.Max(0, sitting.Profile[k] - free) : 0));
        }

        return closed.Count > 0 ? new BlockAnswer.Refused(new Refusal.Closed(closed.ToImmutable()))
            : room.Any(one => one.Missing > 0) ? new BlockAnswer.Refused(new Refusal.SlotFull(room.MoveToImmutable(), []))
            : new BlockAnswer.Admitted([.. answers.Select(answer => answer.Capacity)]);
    }
}
