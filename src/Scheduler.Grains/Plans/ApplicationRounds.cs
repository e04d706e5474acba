using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// The waitlist round of a plan's application, slot by slot (<see cref="RoundSpans"/>). Every part renews it in the slots that are still open, so that no slot
/// takes it for a round of a silo that has failed.
/// </summary>
internal sealed class ApplicationRounds(IGrainFactory grains, WaitlistRounds rounds, FreedSeats freed, RoundSpans spans)
{
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly HashSet<SlotHour> _open = [];
    private readonly SortedSet<SlotHour> _freed = [];

    /// <summary>All slots in which the parts so far have freed seats.</summary>
    public ImmutableArray<SlotHour> Freed { get; private set; } = [];

    /// <summary>Called before the commit of a part: from now on walk-ins wait in the slots that the part may free, where somebody waits.</summary>
    public async Task Begin(int part)
    {
        _open.UnionWith(rounds.WaitedFor(spans.Begun(part)));
        if (_open.Count > 0)
            await new WaitlistRound(grains, [.. _open], _id).Begin();
    }

    /// <summary>Notes the slots that a part has freed, or may have freed.</summary>
    public void Note(IEnumerable<SlotHour> slots)
    {
        _freed.UnionWith(slots);
        Freed = [.. Freed.Union(_freed)];
    }

    /// <summary>Offers the seats that no later part needs.</summary>
    public Task Offer(int part) => Offer(slot => spans.IsOver(slot, part));

    /// <summary>Offers all seats that are freed, after the last part, or when the application ends before it.</summary>
    public Task OfferAll() => Offer(_ => true);

    private Task Offer(Func<SlotHour, bool> isOver)
    {
        var round = new WaitlistRound(grains, [.. _open.Where(isOver)], _id);
        SlotHour[] offered = [.. _freed.Where(isOver)];
        _open.RemoveWhere(slot => isOver(slot));
        _freed.ExceptWith(offered);
        return offered.Length == 0 && round.IsEmpty ? Task.CompletedTask : freed.Offer(round, offered, null);
    }
}
