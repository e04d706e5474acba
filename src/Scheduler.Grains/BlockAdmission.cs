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

    /// <summary>Combines the slots' answers by <see cref="BlockRules.Room"/>.</summary>
    private static BlockAnswer Together(Proposal proposal, SlotAnswer[] answers)
    {
        if (Array.TrueForAll(answers, answer => answer.IsAdmitted && answer.Capacity > 0))
            return new BlockAnswer.Admitted([.. answers.Select(answer => answer.Capacity)]);
        var figures = answers.Select(answer => new SlotFigures(answer.Capacity, answer.Free)).ToArray();
        return BlockRules.Room(proposal.Draft!.Sitting, proposal.Own, figures) is { } refusal
            ? new BlockAnswer.Refused(refusal)
            : new BlockAnswer.Admitted([.. answers.Select(answer => answer.Capacity)]);
    }
}
