using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Changes of a season that are tried and not kept.</summary>
/// <param name="Capacity">Seats added to the slots of a pool that begin in a range; negative to take seats away.</param>
/// <param name="LeadTimes">Other lead times of seasons, in days.</param>
public sealed record WhatIfChanges(
    ImmutableArray<(PoolId Pool, Instant From, Instant To, int Add)> Capacity, ImmutableDictionary<SeasonId, int> LeadTimes)
{
    /// <summary>The cut with the changes. A slot that has no capacity yet is opened on its pool's grid.</summary>
    public SeasonCut Apply(SeasonCut cut)
    {
        var known = cut.Slots.Select(slot => slot.Slot).ToHashSet();
        var opened = Capacity.Where(change => change.Add > 0).SelectMany(change => cut.Catalogue.Pools[change.Pool].Value.Grid
            .Starts(change.From, change.To).Select(start => new SlotHour(change.Pool, SlotMinutes.Of(start)))).Where(slot => !known.Contains(slot)).Distinct();
        var slots = cut.Slots.Concat(opened.Select(slot => new SlotTaken(slot, 0, 0, 0)))
            .Select(slot => slot with { Capacity = (int)Math.Clamp(slot.Capacity + AddedTo(slot.Slot), 0, Limits.Seats) });
        var catalogue = LeadTimes.Aggregate(cut.Catalogue, (changed, season) => changed.With(
            new SeasonEntry(changed.Seasons[season.Key].Value with { LeadTimeDays = season.Value }), changed.Seasons[season.Key].Version));
        return cut with
        {
            Slots = [.. slots.OrderBy(slot => slot.Slot.Pool.Text, StringComparer.Ordinal).ThenBy(slot => slot.Slot.Minutes)],
            Catalogue = catalogue,
        };
    }

    private long AddedTo(SlotHour slot) => Capacity
        .Where(change => change.Pool == slot.Pool && change.From <= slot.Start && slot.Start < change.To).Sum(change => (long)change.Add);
}
