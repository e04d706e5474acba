using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R10_a_lapsed_hold_frees_its_seats_and_vouchers_without_anybody_asking()
    {
        await Done(Making.Capacity(Now, 1, 5));
        var pack = Making.Pack(5);
        await Done(Making.Buy(Now, Making.School(1), pack, 0));
        var hold = Held(Making.Sitting(Making.School(1), 0, 5) with { Vouchers = [new(pack.Id, 5)] });
        await Done(Making.Keep(Now, hold, 1));
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Holds.ShouldBe([new HeldSeats(hold.Id, 5, hold.ExpiresAt)]);
        (await Ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0), Token))
            .ShouldBeOfType<CommitOutcome.SlotShort>("it is held before its instant");

        (await Ledger.Read.Packs(Making.School(1), Now, null, 10, Token))!.Entries.Single().Taken.ShouldBe(5);
        Clock.Set(hold.ExpiresAt);
        (await Ledger.Read.Hold(hold.Id, Token))!.Status.ShouldBe(HoldStatus.Held, "nothing has swept the hold yet");
        (await Ledger.Read.Packs(Making.School(1), Now, null, 10, Token))!.Entries.Single().Taken.ShouldBe(0, "the lapsed hold takes no vouchers");
        var received = new List<FeedChange>();
        using var listening = Ledger.Feed.Subscribe(changes => received.AddRange(changes));
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 5), 0));
        received.Select(change => change.Kind).ShouldBe([ChangeKind.HoldLapsed, ChangeKind.BookingMade]);
        (await Ledger.Read.Hold(hold.Id, Token))!.Status.ShouldBe(HoldStatus.Lapsed);
        var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
        (slot.Booked, slot.Held).ShouldBe((5, 0));
        (await Ledger.Read.Packs(Making.School(1), Now, null, 10, Token))!.Entries.Single().Taken.ShouldBe(0);
    }

    [Fact]
    public async Task R10_sweeping_frees_lapsed_holds_and_nothing_else()
    {
        await Done(Making.Capacity(Now, 1, 5));
        var first = Held(Making.Sitting(Making.School(1), 0, 2));
        await Done(Making.Keep(Now, first, 0));
        Clock.Advance(Duration.FromMinutes(3));
        var second = Held(Making.Sitting(Making.School(1), 0, 2));
        await Done(Making.Keep(Now, second, 1));
        Clock.Set(first.ExpiresAt);
        await Ledger.SweepHolds(Token);
        (await Ledger.Read.Hold(first.Id, Token))!.Status.ShouldBe(HoldStatus.Lapsed);
        (await Ledger.Read.Hold(second.Id, Token))!.Status.ShouldBe(HoldStatus.Held);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Held.ShouldBe(2);
    }

    [Fact]
    public async Task R10_sweeping_frees_more_lapsed_holds_than_one_batch_sweeps()
    {
        const int Count = (2 * LapsedHold.MostPerBatch) + 1;
        await Done(Making.Capacity(Now, 1, Count));
        var holds = Enumerable.Range(0, Count).Select(school => Held(Making.Sitting(Making.School(school), 0, 1))).ToList();
        foreach (var outcome in await Task.WhenAll(holds.Select(hold => Ledger.Commit(Making.Keep(Now, hold, 0), Token))))
            outcome.ShouldBeOfType<CommitOutcome.Committed>();
        Clock.Set(holds[0].ExpiresAt);
        await Ledger.SweepHolds(Token);
        (await Ledger.Read.HoldsIn(new(Making.Pool, Making.Slot(0).Minutes, Making.Slot(1).Minutes), 1, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R10_a_hold_that_cannot_be_swept_stops_nobody_and_is_tried_again_after_a_minute()
    {
        // The slot lacks the seats of the hold, so that giving them back breaks a CHECK, until the test repairs the slot.
        await Done(Making.Capacity(Now, 1, 5));
        var hold = Held(Making.Sitting(Making.School(1), 0, 2));
        await Done(Making.Keep(Now, hold, 0));
        await Spoil("update slots set held = 0");
        Clock.Set(hold.ExpiresAt);
        await Ledger.SweepHolds(Token);
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0));
        await Spoil("update slots set held = 2");
        Clock.Advance(Duration.FromSeconds(59));
        await Ledger.SweepHolds(Token);
        (await Ledger.Read.Hold(hold.Id, Token))!.Status.ShouldBe(HoldStatus.Held);
        Clock.Advance(Duration.FromSeconds(1));
        await Ledger.SweepHolds(Token);
        (await Ledger.Read.Hold(hold.Id, Token))!.Status.ShouldBe(HoldStatus.Lapsed);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Held.ShouldBe(0);
    }

    [Fact]
    public async Task R10_confirming_turns_a_hold_into_a_booking_once_even_in_a_full_slot()
    {
        await Done(Making.Capacity(Now, 1, 5));
        var hold = Held(Making.Sitting(Making.School(1), 0, 5));
        await Done(Making.Keep(Now, hold, 0));
        var confirm = Making.Confirm(Now, hold, 1);
        await Done(confirm);
        (await Ledger.Commit(Making.Confirm(Now, hold, 2), Token)).ShouldBeOfType<CommitOutcome.HoldGone>();
        var stored = (await Ledger.Read.Hold(hold.Id, Token))!;
        (stored.Status, stored.Booking).ShouldBe((HoldStatus.Confirmed, Making.BookingOf(confirm).Id));
        var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
        (slot.Booked, slot.Held).ShouldBe((5, 0));
    }

    [Fact]
    public async Task R10_of_confirming_and_sweeping_one_wins()
    {
        await Done(Making.Capacity(Now, 1, 400));
        var holds = Enumerable.Range(0, 40).Select(school => Held(Making.Sitting(Making.School(school), 0, 3))).ToList();
        foreach (var (hold, outcome) in holds.Zip(await Task.WhenAll(holds.Select(hold => Ledger.Commit(Making.Keep(Now, hold, 0), Token)))))
            outcome.ShouldBeOfType<CommitOutcome.Committed>();
        Clock.Set(holds[0].ExpiresAt - Duration.FromTicks(1));
        var confirms = holds.Select(hold => Task.Run(() => Ledger.Commit(Making.Confirm(Now, hold, 1), Token))).ToList();
        Clock.Advance(Duration.FromTicks(1));
        var sweeps = holds.Select(_ => Task.Run(() => Ledger.SweepHolds(Token))).ToList();
        await Task.WhenAll(sweeps);
        var outcomes = await Task.WhenAll(confirms);
        await Ledger.SweepHolds(Token);

        var confirmed = outcomes.Count(outcome => outcome is CommitOutcome.Committed);
        outcomes.Count(outcome => outcome is CommitOutcome.HoldGone).ShouldBe(40 - confirmed);
        var slot = await Ledger.Read.Slot(Making.Slot(0), Token);
        (slot.Booked, slot.Held).ShouldBe((3 * confirmed, 0));
        foreach (var (hold, outcome) in holds.Zip(outcomes))
            (await Ledger.Read.Hold(hold.Id, Token))!.Status.ShouldBe(outcome is CommitOutcome.Committed ? HoldStatus.Confirmed : HoldStatus.Lapsed);
    }

    private Hold Held(Sitting sitting) => new() { Id = HoldId.New(), Sitting = sitting, ExpiresAt = Now + Duration.FromMinutes(10) };
}
