using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Decides a batch change by change, in arrival order, on rows read under lock. Each change is accepted or refused on its own, and as a whole. The decision is
/// pure and the same for both databases.
/// </summary>
internal static class Replay
{
    public static ReplayDecision Decide(ReplayView view, IReadOnlyList<Change> changes)
    {
        var refusals = ImmutableArray.CreateBuilder<CommitOutcome?>(changes.Count);
        var effects = new CapacityEffects();
        for (var i = 0; i < changes.Count; i++)
        {
            var refusal = Refusal(view, changes[i]);
            refusals.Add(refusal);
            if (refusal is null)
                Apply(view, changes[i], i, effects);
        }

        return new(refusals.MoveToImmutable(), effects.Capacities.ToImmutable(), effects.Shortfalls.ToImmutable(), effects.Short.ToImmutable());
    }

    private static CommitOutcome? Refusal(ReplayView view, Change change)
    {
        if (change.Guard is { } guard && view.Versions.GetValueOrDefault(guard.Institution) != guard.Decided)
            return new CommitOutcome.Stale();
        if (change.Application is { } application && !application.IsCurrent(view))
            return new CommitOutcome.Stale();
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CataloguePut put && view.Catalogue.GetValueOrDefault(CatalogueText.Key(put.Entry)) != put.Version - 1)
                return new CommitOutcome.Stale();
            if (row is RowWrite.CatalogueUnchanged seen && view.Catalogue.GetValueOrDefault(CatalogueText.Key(seen.Entry)) != seen.Version)
                return new CommitOutcome.Stale();
            if (row is RowWrite.NothingRests nothing && view.Disturbed.Contains(nothing))
                return new CommitOutcome.Stale();
            if (RestsOn.Keys(row).Any(view.Retired.Contains))
                return new CommitOutcome.Retired();
            if (row is RowWrite.PackChanged { Pack: var pack } && !(view.Packs.TryGetValue(pack.Id, out var stored) && stored.Taken <= pack.Quantity))
                return new CommitOutcome.PackShort();
            if (row is RowWrite.HoldEnded ended && !view.Held.Contains(ended.Hold))
                return new CommitOutcome.HoldGone();
            if (row is RowWrite.PrivatePut { Row: var secret } && view.PrivateRows.GetValueOrDefault((secret.Kind, secret.Id)) != secret.Version - 1)
                return new CommitOutcome.Stale();
            if (row is RowWrite.PlanPut { Plan: var plan } && PlanRefusal(view, plan) is { } refusal)
                return refusal;
        }

        var full = change.Slots.Where(delta => Adds(delta) && Exceeds(view.Slots.GetValueOrDefault(delta.Slot), delta)).Select(delta => delta.Slot)
            .ToImmutableArray();
        if (!full.IsEmpty)
            return new CommitOutcome.SlotShort(full);
        foreach (var delta in change.Packs)
        {
            if (delta.Taken > 0 && !(view.Packs.TryGetValue(delta.Pack, out var pack) && pack.Taken + delta.Taken <= pack.Quantity))
                return new CommitOutcome.PackShort();
        }

        foreach (var set in change.Rows.OfType<RowWrite.CapacitySet>())
        {
            var below = BelowBooked(view, set);
            if (!set.Force && !below.IsEmpty)
                return new CommitOutcome.BelowBooked(below);
        }

        return null;
    }

    private static CommitOutcome? PlanRefusal(ReplayView view, PlanRow plan)
    {
        if (view.Plans.GetValueOrDefault(plan.Id) != plan.Version - 1)
            return new CommitOutcome.Stale();
        if (plan.Status != PlanStatus.Running)
            return null;
        foreach (var pool in plan.Scope.Pools)
        {
            if (view.PlanPools.TryGetValue(pool, out var running) && running != plan.Id)
                return new CommitOutcome.PlanRunning(running);
        }

        return null;
    }

    private static bool Adds(SlotDelta delta) => delta.Booked + delta.Held > 0;

    private static bool Exceeds(LockedSlot slot, SlotDelta delta) => slot.Taken + delta.Booked + delta.Held > slot.Capacity;

    private static ImmutableArray<Shortfall> BelowBooked(ReplayView view, RowWrite.CapacitySet set) => Shortfalls.Below(set.Slots, minutes =>
    {
        var slot = view.Slots.GetValueOrDefault(new(set.Pool, minutes));
        return (slot.Capacity, slot.Taken);
    });

    private static void Apply(ReplayView view, Change change, int index, CapacityEffects effects)
    {
        if (change.Guard is { } guard)
            view.Versions[guard.Institution] = guard.Decided + 1;
        foreach (var delta in change.Slots)
        {
            var slot = view.Slots.GetValueOrDefault(delta.Slot);
            slot = slot with { Booked = slot.Booked + delta.Booked, Held = slot.Held + delta.Held };
            view.Slots[delta.Slot] = slot with { Shortfall = Math.Min(slot.Shortfall, Math.Max(0, slot.Taken - slot.Capacity)) };
        }

        foreach (var delta in change.Packs)
        {
            if (view.Packs.TryGetValue(delta.Pack, out var pack))
                view.Packs[delta.Pack] = pack with { Taken = pack.Taken + delta.Taken };
        }

        foreach (var row in change.Rows)
            Apply(view, row, index, effects);
    }

    private static void Apply(ReplayView view, RowWrite row, int index, CapacityEffects effects)
    {
        switch (row)
        {
            case RowWrite.HoldMade { Hold: var hold }:
                view.Held.Add(hold.Id);
                break;
            case RowWrite.HoldEnded ended:
                view.Held.Remove(ended.Hold);
                break;
            case RowWrite.PackMade { Pack: var pack }:
                view.Packs[pack.Id] = (pack.Quantity, pack.Taken);
                break;
            case RowWrite.PackChanged { Pack: var pack }:
                view.Packs[pack.Id] = (pack.Quantity, view.Packs[pack.Id].Taken);
                break;
            case RowWrite.CataloguePut put:
                view.Catalogue[CatalogueText.Key(put.Entry)] = put.Version;
                if (Retirement.Of(put.Entry) is null)
                    view.Retired.Remove(CatalogueText.Key(put.Entry));
                else
                    view.Retired.Add(CatalogueText.Key(put.Entry));
                break;
            case RowWrite.PlanPut { Plan: var plan }:
                SetPlan(view, plan);
                break;
            case RowWrite.PrivatePut { Row: var secret }:
                view.PrivateRows[(secret.Kind, secret.Id)] = secret.Version;
                break;
            case RowWrite.CapacitySet set:
                SetCapacities(view, set, index, effects);
                break;
        }
    }

    private static void SetPlan(ReplayView view, PlanRow plan)
    {
        view.Plans[plan.Id] = plan.Version;
        foreach (var pool in plan.Scope.Pools)
        {
            if (plan.Status == PlanStatus.Running)
                view.PlanPools[pool] = plan.Id;
            else if (view.PlanPools.TryGetValue(pool, out var running) && running == plan.Id)
                view.PlanPools.Remove(pool);
        }
    }

    private static void SetCapacities(ReplayView view, RowWrite.CapacitySet set, int index, CapacityEffects effects)
    {
        var over = ImmutableArray.CreateBuilder<Shortfall>();
        var grown = new HashSet<int>();
        foreach (var wanted in set.Slots)
        {
            var slot = new SlotHour(set.Pool, wanted.Minutes);
            var before = view.Slots.GetValueOrDefault(slot);
            var row = new CapacityRow(slot, wanted.Capacity, Math.Max(0, before.Taken - wanted.Capacity));
            if (row.Shortfall > 0)
                over.Add(new(wanted.Minutes, row.Shortfall));
            if (row.Shortfall > before.Shortfall)
                grown.Add(wanted.Minutes);
            if (before.Version > 0 && before.Capacity == row.Capacity && before.Shortfall == row.Shortfall)
                continue;
            effects.Capacities.Add(row);
            view.Slots[slot] = before with { Capacity = row.Capacity, Shortfall = row.Shortfall, Version = before.Version + 1 };
        }

        effects.Shortfalls[index] = effects.Shortfalls.GetValueOrDefault(index, []).AddRange(over);
        var booked = view.Booked.Where(block => block.Pool == set.Pool && block.Touches(grown));
        effects.Short[index] = effects.Short.GetValueOrDefault(index, []).AddRange(booked);
    }

    /// <summary>What the changes of capacities do, beside the view.</summary>
    private sealed class CapacityEffects
    {
        public ImmutableArray<CapacityRow>.Builder Capacities { get; } = ImmutableArray.CreateBuilder<CapacityRow>();

        public ImmutableDictionary<int, ImmutableArray<Shortfall>>.Builder Shortfalls { get; } =
            ImmutableDictionary.CreateBuilder<int, ImmutableArray<Shortfall>>();

        public ImmutableDictionary<int, ImmutableArray<BookedBlock>>.Builder Short { get; } =
            ImmutableDictionary.CreateBuilder<int, ImmutableArray<BookedBlock>>();
    }
}
