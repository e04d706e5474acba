using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>One round in slots that have a waitlist entry. Between begin and end these slots admit no walk-in.</summary>
internal sealed class WaitlistRound(IGrainFactory grains, ImmutableArray<SlotHour> slots)
{
    private readonly Guid _id = Guid.CreateVersion7();

    /// <summary>Whether none of the slots has a waitlist entry.</summary>
    public bool IsEmpty => slots.IsEmpty;

    public async Task Begin()
    {
        try
        {
            await Task.WhenAll(slots.Select(slot => grains.Slot(slot).BeginRound(_id).AsTask()));
        }
        catch
        {
            End();
            throw;
        }
    }

    public void End()
    {
        foreach (var slot in slots)
            grains.Slot(slot).EndRound(_id).Ignore();
    }
}
