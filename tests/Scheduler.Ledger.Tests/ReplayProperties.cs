using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Random batches against a naive model, which adds everything up anew for each change.</summary>
public sealed class ReplayProperties
{
    private static readonly PackId[] _packs = [PackId.New(), PackId.New()];
    private static readonly HoldId[] _holds = [HoldId.New(), HoldId.New(), HoldId.New()];

    /// <summary>One random change: slots, vouchers, a version that is mostly the right one, perhaps a hold that ends.</summary>
    public sealed record Draft(int School, int Lag, ImmutableArray<(int Hour, int Booked, int Held)> Slots, int Pack, int Vouchers, int Hold)
    {
        public override string ToString() => $"school {School} lag {Lag} slots {string.Join(' ', Slots)} pack {Pack}:{Vouchers} hold {Hold}";
    }

    public static class Drafts
    {
        public static Arbitrary<Draft[]> Batches() => Arb.From(
            from count in Gen.Choose(1, 12)
            from drafts in Gen.ArrayOf(One(), count)
            select drafts);

        private static Gen<Draft> One() =>
            from school in Gen.Choose(0, 2)
            from lag in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
            from hours in Gen.SubListOf(0, 1, 2)
            from booked in Gen.Choose(-3, 5)
            from held in Gen.Choose(-2, 3)
            from pack in Gen.Choose(0, 1)
            from vouchers in Gen.Choose(-2, 4)
            from hold in Gen.Frequency((4, Gen.Constant(-1)), (1, Gen.Choose(0, 2)))
            select new Draft(school, lag, [.. hours.Select(hour => (hour, booked, held))], pack, vouchers, hold);
    }

    [Property(MaxTest = 2_000, Arbitrary = [typeof(Drafts)])]
    public void A_replay_decides_each_change_as_if_it_came_alone(Draft[] drafts)
    {
        var view = View();
        var changes = Changes(drafts);
        var decided = Replay.Decide(view, changes);

        var accepted = new List<Change>();
        for (var i = 0; i < changes.Count; i++)
        {
            var expected = Naive(View(), accepted, changes[i]);
            (decided.Refusals[i]?.GetType().Name ?? "").ShouldBe(expected);
            if (expected.Length == 0)
                accepted.Add(changes[i]);
        }

        foreach (var (slot, before) in View().Slots)
        {
            var (booked, held) = Sum(accepted, slot);
            var after = view.Slots[slot];
            (after.Booked, after.Held).ShouldBe((before.Booked + booked, before.Held + held));
        }
    }

    [Property(MaxTest = 2_000, Arbitrary = [typeof(Drafts)])]
    public void What_a_replay_accepts_passes_the_guards_when_it_is_written_netted(Draft[] drafts)
    {
        var changes = Changes(drafts);
        var decided = Replay.Decide(View(), changes);
        var net = BatchNet.Of([.. changes.Where((_, i) => decided.Refusals[i] is null).Select(PreparedChange.Of)]);
        net.HasConflict.ShouldBeFalse();
        var view = View();
        foreach (var slot in net.Slots.Where(slot => slot.IsGuarded))
            (view.Slots[slot.Slot].Taken + slot.Booked + slot.Held).ShouldBeLessThanOrEqualTo(view.Slots[slot.Slot].Capacity);
        foreach (var (pack, taken) in net.Packs.Where(pack => pack.Value > 0))
            (view.Packs[pack].Taken + taken).ShouldBeLessThanOrEqualTo(view.Packs[pack].Quantity);
        foreach (var institution in net.Institutions.Where(one => one.Versions > 0))
            view.Versions[InstitutionId.Of(institution.Id)].ShouldBe(institution.Decided);
    }

    [Property(MaxTest = 2_000)]
    public void Touched_text_names_what_was_touched(byte[] hours, bool other)
    {
        ImmutableArray<SlotDelta> slots = [.. hours.Distinct()
            .Select(hour => new SlotDelta(Making.Slot(hour, other && hour % 2 == 0 ? PoolId.Of("a_b-9") : null), 1, 0))];
        var change = Making.Book(Making.Start, Making.Sitting(Making.School(1), 0, 1), 0) with { Slots = slots };
        var parsed = Touched.Parse(Touched.Of(change));
        parsed.Slots.ShouldBe(slots.Select(delta => delta.Slot).Order());
        parsed.WholePool.ShouldBeNull();
    }

    /// <summary>Two slots with room, one that is over its capacity; fresh for every use, since a replay changes it.</summary>
    private static ReplayView View()
    {
        var view = new ReplayView();
        view.Slots[Making.Slot(0)] = new() { Capacity = 12, Booked = 8, Held = 2, Version = 1 };
        view.Slots[Making.Slot(1)] = new() { Capacity = 20, Booked = 9, Version = 1 };
        view.Slots[Making.Slot(2)] = new() { Capacity = 5, Booked = 8, Held = 1, Shortfall = 4, Version = 1 };
        for (var school = 0; school < 3; school++)
            view.Versions[Making.School(school)] = 10 * school;
        view.Packs[_packs[0]] = (10, 6);
        view.Packs[_packs[1]] = (3, 3);
        view.Held.Add(_holds[0]);
        view.Held.Add(_holds[1]);
        return view;
    }

    /// <summary>Versions are chained as a grain chains them: each decision assumes that the earlier ones commit.</summary>
    private static List<Change> Changes(Draft[] drafts)
    {
        var versions = new Dictionary<int, long> { [0] = 0, [1] = 10, [2] = 20 };
        var changes = new List<Change>();
        foreach (var draft in drafts)
        {
            changes.Add(new()
            {
                Record = new()
                {
                    At = Making.Start, Who = "key-7", Kind = ChangeKind.BookingMoved, Subject = "test",
                    Institution = Making.School(draft.School)
                },
                Guard = new(Making.School(draft.School), versions[draft.School] - draft.Lag),
                Slots = [.. draft.Slots.Select(slot => new SlotDelta(Making.Slot(slot.Hour), slot.Booked, slot.Held))],
                Packs = draft.Vouchers == 0 ? [] : [new(_packs[draft.Pack], draft.Vouchers)],
                Rows = draft.Hold < 0 ? [] : [new RowWrite.HoldEnded(_holds[draft.Hold], HoldStatus.Released, null)],
            });
            versions[draft.School]++;
        }

        return changes;
    }

    private static string Naive(ReplayView start, List<Change> accepted, Change change)
    {
        var school = change.Guard!.Value.Institution;
        if (change.Guard.Value.Decided != start.Versions[school] + accepted.Count(one => one.Guard!.Value.Institution == school))
            return "Stale";
        var ended = change.Rows.OfType<RowWrite.HoldEnded>().Select(row => row.Hold).ToList();
        var gone = accepted.SelectMany(one => one.Rows.OfType<RowWrite.HoldEnded>()).Select(row => row.Hold).ToHashSet();
        if (ended.Exists(hold => !start.Held.Contains(hold) || gone.Contains(hold)))
            return "HoldGone";
        foreach (var delta in change.Slots)
        {
            var (booked, held) = Sum(accepted, delta.Slot);
            var slot = start.Slots[delta.Slot];
            var added = delta.Booked + delta.Held;
            if (added > 0 && slot.Booked + slot.Held + booked + held + added > slot.Capacity)
                return "SlotShort";
        }

        foreach (var delta in change.Packs.Where(delta => delta.Taken > 0))
        {
            var (quantity, taken) = start.Packs[delta.Pack];
            if (taken + accepted.SelectMany(one => one.Packs).Where(one => one.Pack == delta.Pack).Sum(one => one.Taken) + delta.Taken > quantity)
                return "PackShort";
        }

        return "";
    }

    private static (int Booked, int Held) Sum(List<Change> changes, SlotHour slot)
    {
        var deltas = changes.SelectMany(change => change.Slots).Where(delta => delta.Slot == slot).ToList();
        return (deltas.Sum(delta => delta.Booked), deltas.Sum(delta => delta.Held));
    }
}
