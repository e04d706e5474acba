using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The keys of the rows that a replay reads, in the order in which they are locked.</summary>
internal sealed class ReplayKeys
{
    public SortedSet<SlotHour> Slots { get; } = [];

    /// <summary>For each change of capacities: the pool, and the range from the first to the last slot.</summary>
    public List<(PoolId Pool, int From, int To)> Ranges { get; } = [];

    /// <summary>Those of the ranges whose capacity is lowered by force, if need be. Bookings in them get an operator's act.</summary>
    public List<(PoolId Pool, int From, int To)> Forced { get; } = [];

    public SortedSet<InstitutionId> Institutions { get; } = [];

    public SortedSet<PackId> Packs { get; } = [];

    public SortedSet<Guid> Holds { get; } = [];

    public List<(string Kind, string Id)> Catalogue { get; } = [];

    /// <summary>The entries on which new bookings, holds and requests rest.</summary>
    public HashSet<(string Kind, string Id)> Rested { get; } = [];

    public List<RowWrite.NothingRests> Nothing { get; } = [];

    public SortedSet<Guid> Plans { get; } = [];

    public SortedSet<PoolId> PlanPools { get; } = [];

    public HashSet<(PrivateKind Kind, string Id)> PrivateRows { get; } = [];

    /// <summary>The plan whose entries the commit decides; null without one.</summary>
    public PlanApplication? Application { get; private set; }

    public static ReplayKeys Of(IReadOnlyList<PreparedChange> changes)
    {
        var keys = new ReplayKeys();
        foreach (var prepared in changes)
        {
            var change = prepared.Change;
            if (change.Guard is { } guard)
                keys.Institutions.Add(guard.Institution);
            if (change.Application is { } application)
                keys.Add(application);
            keys.Slots.UnionWith(change.Slots.Select(delta => delta.Slot));
            keys.Packs.UnionWith(change.Packs.Select(delta => delta.Pack));
            foreach (var row in change.Rows)
            {
                keys.Rested.UnionWith(RestsOn.Keys(row));
                if (row is RowWrite.HoldEnded ended)
                    keys.Holds.Add(ended.Hold.Value);
                else if (row is RowWrite.PackChanged pack)
                    keys.Packs.Add(pack.Pack.Id);
                else if (row is RowWrite.CapacitySet { Slots: [var first, ..] slots } set)
                    keys.Add(set, (set.Pool, first.Minutes, slots[^1].Minutes));
                else if (row is RowWrite.CataloguePut put)
                    keys.Catalogue.Add(CatalogueText.Key(put.Entry));
                else if (row is RowWrite.CatalogueUnchanged unchanged)
                    keys.Catalogue.Add(CatalogueText.Key(unchanged.Entry));
                else if (row is RowWrite.NothingRests nothing)
                    keys.Nothing.Add(nothing);
                else if (row is RowWrite.PlanPut plan)
                    keys.Add(plan.Plan);
                else if (row is RowWrite.PrivatePut { Row: var secret })
                    keys.PrivateRows.Add((secret.Kind, secret.Id));
            }
        }

        // The institutions of the bookings are locked here, so the institutions of all other changes are too: the order of locks stays the same.
        if (keys.Forced.Count > 0)
            keys.Institutions.UnionWith(changes.Where(change => change.Record.Institution is not null).Select(change => change.Record.Institution!.Value));
        return keys;
    }

    /// <summary>
    /// The slots are those of the entries as the caller has read their requests and bookings. An entry whose request or booking has changed since is stale,
    /// whatever its slots say.
    /// </summary>
    private void Add(PlanApplication application)
    {
        Application = application;
        Plans.Add(application.Plan.Id.Value);
        Institutions.UnionWith(application.Input.Institutions.Keys);
        var states = application.Input.Institutions.ToDictionary(pair => pair.Key, pair => pair.Value.State);
        Slots.UnionWith(PlanSlots.Of(application.Entries.Select(entry => entry.Entry), application.Input.Catalogue, states));
    }

    private void Add(PlanRow plan)
    {
        Plans.Add(plan.Id.Value);
        PlanPools.UnionWith(plan.Scope.Pools);
    }

    private void Add(RowWrite.CapacitySet set, (PoolId Pool, int From, int To) range)
    {
        Ranges.Add(range);
        if (set.Force)
            Forced.Add(range);
    }
}
