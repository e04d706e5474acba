using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>One run of a plan's application.</summary>
internal sealed class ApplicationRun(PlanRow plan, ImmutableArray<PlanEntry> entries, Caller caller)
{
    private PlanRow _plan = plan;

    /// <summary>The plan after the last part.</summary>
    public PlanRow Plan
    {
        get => _plan;
        set => (_plan, Entries) = (value, Seen(value, entries));
    }

    /// <summary>
    /// All entries of the plan. A move names the version of its request that this plan's own placements left, so only a change by others makes it stale.
    /// </summary>
    public ImmutableArray<PlanEntry> Entries { get; private set; } = Seen(plan, entries);

    /// <summary>The numbers of the entries that were not decided yet, ascending.</summary>
    public ImmutableArray<int> Left
    {
        get
        {
            var decided = EntryNumbers.Read(Plan.Decided);
            return [.. Enumerable.Range(0, Entries.Length).Where(number => !decided.Contains(number))];
        }
    }

    /// <summary>The change that applies a part.</summary>
    public Change Change(ImmutableArray<int> part, int partsLeft, PlanInput input, Instant now)
    {
        var institutions = part.Select(number => Entries[number].Institution).Distinct().ToImmutableDictionary(id => id, id => input.Institutions[id]);
        return new()
        {
            Record = new()
            {
                At = now, Who = caller.Who.Id, Kind = ChangeKind.PlanApplied, Subject = Plan.Id.ToString(), Stamp = partsLeft == 0 ? caller.Stamp : null,
            },
            Application = new()
            {
                Plan = Plan,
                Entries = [.. part.Select(number => (number, Entries[number]))],
                Total = Entries.Length,
                PartsLeft = partsLeft,
                Input = input with { Institutions = institutions, Slots = ImmutableDictionary<SlotHour, SlotFigures>.Empty },
            },
        };
    }

    /// <summary>The slots in which a move of the part may free seats.</summary>
    public ImmutableArray<SlotHour> Leaves(ImmutableArray<int> part, PlanInput input) =>
    [
        .. part.Select(number => Entries[number]).OfType<PlanEntry.Move>()
            .Select(move => input.Institutions[move.Institution].State.Bookings.GetValueOrDefault(move.Booking)?.Sitting).OfType<Sitting>()
            .SelectMany(sitting => Enumerable.Range(0, sitting.Profile.Slots).Select(sitting.Slot)),
    ];

    /// <summary>The slots in which an entry of the part frees or takes seats.</summary>
    public ImmutableArray<SlotHour> Takes(ImmutableArray<int> part, PlanInput input) =>
    [
        .. PlanSlots.Of(
            part.Select(number => Entries[number]), input.Catalogue, input.Institutions.ToDictionary(pair => pair.Key, pair => pair.Value.State)),
    ];

    private static ImmutableArray<PlanEntry> Seen(PlanRow plan, ImmutableArray<PlanEntry> entries)
    {
        var placed = new Dictionary<RequestId, int>();
        foreach (var number in EntryNumbers.Read(plan.Decided).Where(number => number < entries.Length))
            Count(entries[number], 1);
        foreach (var stale in plan.Stale)
            Count(stale.Entry, -1);
        return placed.Count == 0 ? entries : [.. entries.Select(After)];

        void Count(PlanEntry entry, int bookings)
        {
            if (entry is PlanEntry.Placement { Request: var request })
                placed[request] = placed.GetValueOrDefault(request) + bookings;
        }

        PlanEntry After(PlanEntry entry) => entry is PlanEntry.Move { Request: { } request } move && placed.GetValueOrDefault(request) is > 0 and var bookings
            ? move with { RequestVersion = move.RequestVersion + bookings }
            : entry;
    }
}
