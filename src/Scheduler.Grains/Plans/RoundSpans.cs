using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// When an application keeps walk-ins out of a slot (R9): from the part that first frees seats there to the last part that frees or takes seats there. Before
/// that part nothing is free by the plan. After it no part needs the seats, so they are offered to the waitlist.
/// </summary>
internal sealed class RoundSpans
{
    private readonly ImmutableArray<ImmutableArray<SlotHour>> _freed;
    private readonly Dictionary<SlotHour, int> _last = [];

    /// <summary>Makes the spans.</summary>
    /// <param name="freed">For each part the slots in which it may free seats.</param>
    /// <param name="taken">For each part the slots in which it takes seats.</param>
    public RoundSpans(ImmutableArray<ImmutableArray<SlotHour>> freed, ImmutableArray<ImmutableArray<SlotHour>> taken)
    {
        _freed = freed;
        for (var part = 0; part < freed.Length; part++)
        {
            foreach (var slot in freed[part].Concat(taken[part]))
                _last[slot] = part;
        }
    }

    /// <summary>The slots that a part may free.</summary>
    public ImmutableArray<SlotHour> Begun(int part) => _freed[part];

    /// <summary>Whether no part after this one needs seats of the slot.</summary>
    public bool IsOver(SlotHour slot, int part) => _last.GetValueOrDefault(slot) <= part;
}
