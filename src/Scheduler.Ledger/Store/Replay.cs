using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Seats of a slot as a replay sees them.</summary>
internal readonly record struct SlotSeen(int Capacity, int Booked, int Held, int Shortfall, int Version)
{
    public int Taken => Booked + Held;
}

/// <summary>What a batch touches, read under lock: a replay decides on it, and carries it on from change to change.</summary>
internal sealed class ReplayView
{
    public Dictionary<SlotHour, SlotSeen> Slots { get; } = [];

    public Dictionary<InstitutionId, long> Versions { get; } = [];

    public Dictionary<PackId, (int Quantity, int Taken)> Packs { get; } = [];

    /// <summary>Of the holds that the batch ends: those still marked held.</summary>
    public HashSet<HoldId> Held { get; } = [];

    /// <summary>Versions of catalogue entries by kind and id; absent when there is none.</summary>
    public Dictionary<(string Kind, string Id), int> Catalogue { get; } = [];
}

/// <summary>What a replay decided: an outcome per change, null for those to be written; and what capacities come to.</summary>
internal sealed record Decided(ImmutableArray<CommitOutcome?> Refusals, ImmutableArray<CapacityRow> Capacities, ImmutableDictionary<int, ImmutableArray<Shortfall>> Shortfalls);

/// <summary>
/// Decides a batch change by change, in arrival order, on what was read under lock: each stands or falls alone, whole. Pure; the same for both databases.
/// </summary>
internal static class Replay
{
    public static Decided Decide(ReplayView view, IReadOnlyList<Change> changes)
    {
        var refusals = ImmutableArray.CreateBuilder<CommitOutcome?>(changes.Count);
        var capacities = ImmutableArray.CreateBuilder<CapacityRow>();
        var shortfalls = ImmutableDictionary.CreateBuilder<int, ImmutableArray<Shortfall>>();
        for (var i = 0; i < changes.Count; i++)
        {
            var refusal = Refusal(view, changes[i]);
            refusals.Add(refusal);
            if (refusal is null)
                Apply(view, changes[i], i, capacities, shortfalls);
        }

        return new(refusals.MoveToImmutable(), capacities.ToImmutable(), shortfalls.ToImmutable());
    }

    private static CommitOutcome? Refusal(ReplayView view, Change change)
    {
        if (change.Guard is { } guard && view.Versions.GetValueOrDefault(guard.Institution) != guard.Decided)
            return new CommitOutcome.Stale();
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CataloguePut put && view.Catalogue.GetValueOrDefault(CatalogueText.Key(put.Entry)) != put.Version - 1)
                return new CommitOutcome.Stale();
            if (row is RowWrite.KeyRevoked revoked && !view.Catalogue.ContainsKey(CatalogueText.Key(revoked.Key)))
                return new CommitOutcome.Stale();
            if (row is RowWrite.HoldEnded ended && !view.Held.Contains(ended.Hold))
                return new CommitOutcome.HoldGone();
        }

        var tight = change.Slots.Where(delta => Adds(delta) && Exceeds(view.Slots.GetValueOrDefault(delta.Slot), delta)).Select(delta => delta.Slot).ToImmutableArray();
        if (!tight.IsEmpty)
            return new CommitOutcome.SlotShort(tight);
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

    private static bool Adds(SlotDelta delta) => delta.Booked + delta.Held > 0;

    private static bool Exceeds(SlotSeen slot, SlotDelta delta) => slot.Taken + delta.Booked + delta.Held > slot.Capacity;

    /// <summary>Slots whose capacity falls, and falls below what is taken. Raising is never refused, even where it does not yet reach.</summary>
    private static ImmutableArray<Shortfall> BelowBooked(ReplayView view, RowWrite.CapacitySet set) =>
    [
        .. from slot in set.Slots
           let seen = view.Slots.GetValueOrDefault(new(set.Pool, slot.Minutes))
           where slot.Capacity < seen.Capacity && slot.Capacity < seen.Taken
           select new Shortfall(slot.Minutes, seen.Taken - slot.Capacity),
    ];

    private static void Apply(
        ReplayView view, Change change, int index, ImmutableArray<CapacityRow>.Builder capacities, ImmutableDictionary<int, ImmutableArray<Shortfall>>.Builder shortfalls)
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
            Apply(view, row, index, capacities, shortfalls);
    }

    private static void Apply(
        ReplayView view, RowWrite row, int index, ImmutableArray<CapacityRow>.Builder capacities, ImmutableDictionary<int, ImmutableArray<Shortfall>>.Builder shortfalls)
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
            case RowWrite.CataloguePut put:
                view.Catalogue[CatalogueText.Key(put.Entry)] = put.Version;
                break;
            case RowWrite.KeyRevoked revoked:
                view.Catalogue.Remove(CatalogueText.Key(revoked.Key));
                break;
            case RowWrite.CapacitySet set:
                var over = ImmutableArray.CreateBuilder<Shortfall>();
                foreach (var wanted in set.Slots)
                {
                    var slot = new SlotHour(set.Pool, wanted.Minutes);
                    var seen = view.Slots.GetValueOrDefault(slot);
                    var row2 = new CapacityRow(slot, wanted.Capacity, Math.Max(0, seen.Taken - wanted.Capacity));
                    if (row2.Shortfall > 0)
                        over.Add(new(wanted.Minutes, row2.Shortfall));
                    if (seen.Version > 0 && seen.Capacity == row2.Capacity && seen.Shortfall == row2.Shortfall)
                        continue;
                    capacities.Add(row2);
                    view.Slots[slot] = seen with { Capacity = row2.Capacity, Shortfall = row2.Shortfall, Version = seen.Version + 1 };
                }

                shortfalls[index] = shortfalls.GetValueOrDefault(index, []).AddRange(over);
                break;
        }
    }
}
