using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>One round in slots that have a waitlist entry. Between begin and end these slots admit no walk-in.</summary>
/// <param name="grains">The grains.</param>
/// <param name="slots">The slots.</param>
/// <param name="id">The id of a round that also has other slots; null for a round of its own.</param>
internal sealed class WaitlistRound(IGrainFactory grains, ImmutableArray<SlotHour> slots, Guid? id = null)
{
    private readonly Guid _id = id ?? Guid.CreateVersion7();

    /// <summary>Whether none of the slots has a waitlist entry.</summary>
    public bool IsEmpty => slots.IsEmpty;

    /// <summary>Begins the round, or renews it where it has begun: a slot does not wait for ever for the end of a round.</summary>
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
