using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Decides the application of a plan on the rows that the commit has locked, and makes its changes: one of the plan, then one for each entry that is applied,
/// in the order in which the entries were accepted. So the record, the trail, the feed and the picture show each entry as they show a change that a school
/// makes itself.
/// </summary>
internal static class ApplicationChanges
{
    public static IEnumerable<PreparedChange> Of(Change change, ReplayView view, out PlanApplied applied)
    {
        var application = change.Application!;
        var record = change.Record;
        var plan = application.Plan;
        var states = application.Input.Institutions.ToDictionary(
            pair => pair.Key, pair => view.States.GetValueOrDefault(pair.Key, pair.Value.State).At(record.At).WithoutEnded(record.At));
        var slots = view.Slots.ToDictionary(pair => pair.Key, pair => new SlotFigures(pair.Value.Capacity, pair.Value.Capacity - pair.Value.Taken));
        var why = new ChangeSubject(SubjectKind.Plan, plan.Id.ToString()).ToString();
        var outcome = PlanDecision.Decide(
            new(application.Input.Catalogue, states, slots, record.At) { Requests = application.Input.Requests.SetItems(view.Requests) },
            [.. application.Entries.Select(entry => entry.Entry)], new(OperatorActKind.Moved, record.At, why), BookingId.New);
        var versions = application.Input.Institutions.Keys.ToDictionary(id => id, id => view.Versions.GetValueOrDefault(id));
        var entries = new List<PreparedChange>(application.Entries.Length);
        var freed = new SortedSet<SlotHour>();
        foreach (var entry in outcome.Groups.SelectMany(group => group))
        {
            var institution = entry.Booking.Sitting.Institution;
            var made = Made(entry) with { Slots = Deltas(entry), Guard = new(institution, versions[institution]++) };
            made = made with { Record = made.Record with { At = record.At, Who = record.Who, Why = why, Institution = institution, Notice = true } };
            freed.UnionWith(made.Slots.Where(delta => delta.Booked < 0).Select(delta => delta.Slot));
            entries.Add(PreparedChange.Of(made) with { IsOfPlan = true });
        }

        var after = After(application, entries.Count, outcome.Stale);
        applied = new(
            after, [.. freed], outcome.States.ToImmutableDictionary(pair => pair.Key, pair => (versions[pair.Key], pair.Value)),
            outcome.Groups.SelectMany(group => group).OfType<AppliedEntry.Placed>().GroupBy(entry => entry.After.Id)
                .ToImmutableDictionary(placed => placed.Key, placed => placed.MaxBy(entry => entry.After.Version)!.After));
        var ofPlan = new Change
        {
            Record = record with { Before = new PlanSnapshot(plan), After = new PlanSnapshot(after) },
            Rows = [new RowWrite.PlanPut(after)],
        };
        return [PreparedChange.Of(ofPlan) with { IsOfPlan = true }, .. entries];
    }

    private static PlanRow After(PlanApplication application, int applied, ImmutableSortedDictionary<int, string> stale)
    {
        var plan = application.Plan;
        var decided = EntryNumbers.Read(plan.Decided);
        decided.UnionWith(application.Entries.Select(entry => entry.Number));
        return plan with
        {
            Status = decided.Count == application.Total ? PlanStatus.Applied : plan.Status,
            Parts = plan.PartsApplied + 1 + application.PartsLeft,
            PartsApplied = plan.PartsApplied + 1,
            Applied = plan.Applied + applied,
            Stale = [.. plan.Stale, .. stale.Select(pair => new StaleEntry(application.Entries[pair.Key].Entry, pair.Value))],
            Decided = EntryNumbers.Write(decided),
            Version = plan.Version + 1,
        };
    }

    private static Change Made(AppliedEntry entry) => entry switch
    {
        AppliedEntry.Placed placed => new()
        {
            Record = Record(ChangeKind.RequestPlaced, placed.Before.Id.ToString(), new RequestSnapshot(placed.Before, null), placed.Booking),
            Packs = Packs([], placed.Booking.Sitting.Vouchers),
            Rows = [new RowWrite.BookingMade(placed.Booking), new RowWrite.RequestChanged(placed.After)],
        },
        AppliedEntry.Moved moved => new()
        {
            Record = Record(ChangeKind.BookingMoved, moved.Booking.Id.ToString(), new BookingSnapshot(moved.Before), moved.Booking),
            Packs = Packs(moved.Before.Sitting.Vouchers, moved.Booking.Sitting.Vouchers),
            Rows = [new RowWrite.BookingChanged(moved.Booking)],
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The parts of a record in which the entries differ.</summary>
    private static ChangeRecord Record(ChangeKind kind, string subject, Snapshot before, Booking after) =>
        new() { At = default, Who = "", Kind = kind, Subject = subject, Before = before, After = new BookingSnapshot(after) };

    private static ImmutableArray<SlotDelta> Deltas(AppliedEntry entry)
    {
        var seats = new SortedDictionary<SlotHour, int>();
        Add(seats, entry.Booking.Sitting, 1);
        if (entry is AppliedEntry.Moved { Before: var before })
            Add(seats, before.Sitting, -1);
        return [.. seats.Where(pair => pair.Value != 0).Select(pair => new SlotDelta(pair.Key, pair.Value, 0))];
    }

    private static void Add(SortedDictionary<SlotHour, int> seats, Sitting sitting, int sign)
    {
        for (var k = 0; k < sitting.Profile.Slots; k++)
            seats[sitting.Slot(k)] = seats.GetValueOrDefault(sitting.Slot(k)) + (sign * sitting.Profile[k]);
    }

    private static ImmutableArray<PackDelta> Packs(ImmutableArray<VoucherDraw> given, ImmutableArray<VoucherDraw> taken)
    {
        var net = new SortedDictionary<PackId, int>();
        foreach (var draw in given)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) - draw.Vouchers;
        foreach (var draw in taken)
            net[draw.Pack] = net.GetValueOrDefault(draw.Pack) + draw.Vouchers;
        return [.. net.Where(pair => pair.Value != 0).Select(pair => new PackDelta(pair.Key, pair.Value))];
    }
}
