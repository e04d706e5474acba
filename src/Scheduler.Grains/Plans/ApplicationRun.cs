using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>One run of a plan's application.</summary>
internal sealed class ApplicationRun(PlanRow plan, ImmutableArray<PlanEntry> entries, Caller caller)
{
    /// <summary>The plan after the last part.</summary>
    public PlanRow Plan { get; set; } = plan;

    /// <summary>All entries of the plan.</summary>
    public ImmutableArray<PlanEntry> Entries { get; } = entries;

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
    public IEnumerable<SlotHour> Leaves(ImmutableArray<int> part, PlanInput input)
    {
        foreach (var number in part)
        {
            if (Entries[number] is not PlanEntry.Move move || !input.Institutions[move.Institution].State.Bookings.TryGetValue(move.Booking, out var booking))
                continue;
            for (var k = 0; k < booking.Sitting.Profile.Slots; k++)
                yield return booking.Sitting.Slot(k);
        }
    }
}
