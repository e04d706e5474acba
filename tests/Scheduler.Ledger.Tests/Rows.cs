using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task Everything_of_an_institution_comes_back_as_it_was_written()
    {
        await Done(Making.Capacity(Now, 6, 50));
        var school = Making.School(1);
        var pack = Making.Pack(40);
        await Done(Making.Buy(Now, school, pack, 0));
        var sitting = Making.Sitting(school, 0, 5, 2) with
        {
            Mode = DeliveryMode.Online,
            Accommodations = [new(2, 50), new(1, 25)],
            Reference = "Class 10b",
            Vouchers = [new(pack.Id, 5)],
            OverrideReason = "storm",
        };
        var act = new OperatorAct(OperatorActKind.Moved, Now + Duration.FromTicks(1), "Zoë's \"own\" wish");
        var booking = new Booking { Id = BookingId.New(), Sitting = sitting, Overseen = true, Forfeited = [new(pack.Id, 2)], OperatorAct = act };
        var change = Making.Book(Now, sitting, 1, booking.Id) with { Rows = [new RowWrite.BookingMade(booking)] };
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(school, 2, 3), ExpiresAt = Now + Duration.FromMinutes(10) + Duration.FromTicks(3) };
        var request = Making.Request(school, 1, 4) with
        {
            PassedOver = new(Now, "slot_full") { FreeSeats = 9, TakenSeats = 8 },
            Accommodations = [new(1, 100)],
        };
        (await Task.WhenAll(Ledger.Commit(change, Token), Ledger.Commit(Making.Keep(Now, hold, 2), Token), Ledger.Commit(Making.Ask(Now, request, 3), Token)))
            .ShouldAllBe(outcome => outcome is CommitOutcome.Committed);

        var rows = await Ledger.Read.Institution(school, Now, 0, Token);
        rows.Version.ShouldBe(4);
        Same(rows.State.Bookings[booking.Id], booking);
        Same(rows.State.Holds[hold.Id], hold);
        Same(rows.State.Requests[request.Id], request with { Sequence = 1 });
        rows.State.Packs[pack.Id].ShouldBe(pack with { Taken = 5 });
        (rows.State.OnlineBookings, rows.State.OverseenBookings).ShouldBe((1, 1));
        Same(await Ledger.Read.Booking(booking.Id, Token), booking);
        Same(await Ledger.Read.Hold(hold.Id, Token), hold);
        Same(await Ledger.Read.Request(request.Id, Token), request with { Sequence = 1 });

        await Done(Making.Cancel(Now, booking, 4));
        rows = await Ledger.Read.Institution(school, Now, 0, Token);
        rows.State.Bookings.ShouldBeEmpty();
        (rows.State.OnlineBookings, rows.State.OverseenBookings).ShouldBe((0, 0));
        rows.State.Packs[pack.Id].Taken.ShouldBe(0);
    }

    [Fact]
    public async Task A_booking_that_has_ended_is_no_longer_part_of_its_institution()
    {
        await Done(Making.Capacity(Now, 10, 50));
        var booked = Making.Book(Now, Making.Sitting(Making.School(1), 0, 3, 1), 0);
        await Done(booked);
        var end = Making.Slot(2).Start;
        (await Ledger.Read.Institution(Making.School(1), end - Duration.FromTicks(1), 0, Token)).State.Bookings.Count.ShouldBe(1);
        (await Ledger.Read.Institution(Making.School(1), end, 0, Token)).State.Bookings.ShouldBeEmpty();

        var later = Making.BookingOf(booked) with { Sitting = Making.Sitting(Making.School(1), 5, 3, 1), Version = 2 };
        await Done(new Change
        {
            Record = Making.Record(Now, ChangeKind.BookingMoved, later.Id.ToString(), Making.School(1)),
            Guard = new(Making.School(1), 1),
            Slots = [new(Making.Slot(0), -3, 0), new(Making.Slot(1), -1, 0), new(Making.Slot(5), 3, 0), new(Making.Slot(6), 1, 0)],
            Rows = [new RowWrite.BookingChanged(later)],
        });
        Same((await Ledger.Read.Institution(Making.School(1), end, 0, Token)).State.Bookings[later.Id], later);
        (await Ledger.Read.Bookings(Making.School(1), BookingFilter.None, null, 10, Token))!.Entries.Length.ShouldBe(1);
    }

    [Fact]
    public async Task R07_a_pack_never_gives_more_than_it_has()
    {
        await Done(Making.Capacity(Now, 1, 50));
        var pack = Making.Pack(5);
        await Done(Making.Buy(Now, Making.School(1), pack, 0));
        var sitting = Making.Sitting(Making.School(1), 0, 4) with { Vouchers = [new(pack.Id, 4)] };
        await Done(Making.Book(Now, sitting, 1));
        (await Ledger.Commit(Making.Book(Now, sitting, 2), Token)).ShouldBeOfType<CommitOutcome.PackShort>();
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(4);
    }

    [Fact]
    public async Task A_chain_of_decisions_commits_in_one_go_and_a_break_refuses_the_rest_of_it()
    {
        await Done(Making.Capacity(Now, 1, 500));
        var chain = Enumerable.Range(0, 30).Select(i => Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), i)).ToList();
        (await Task.WhenAll(chain.Select(change => Ledger.Commit(change, Token)))).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        // The second change asks for too many seats: the third, which was decided on top of it, is refused too; another school's is not.
        Change[] broken =
        [
            Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 30),
            Making.Book(Now, Making.Sitting(Making.School(1), 0, 600), 31),
            Making.Book(Now, Making.Sitting(Making.School(1), 0, 1), 32),
            Making.Book(Now, Making.Sitting(Making.School(2), 0, 1), 0),
        ];
        var outcomes = await Task.WhenAll(broken.Select(change => Ledger.Commit(change, Token)));
        outcomes.Select(outcome => outcome.GetType().Name).ShouldBe(["Committed", "SlotShort", "Stale", "Committed"]);
        (await Ledger.Read.Institution(Making.School(1), Now, 0, Token)).Version.ShouldBe(31);
    }

    [Fact]
    public async Task A_poison_change_fails_alone()
    {
        await Done(Making.Capacity(Now, 1, 500));
        var twice = BookingId.New();
        await Done(Making.Book(Now, Making.Sitting(Making.School(99), 0, 1), 0, twice));
        var changes = Enumerable.Range(0, 20).Select(school => Making.Book(Now, Making.Sitting(Making.School(school), 0, 1), 0, school == 11 ? twice : null))
            .ToList();
        var outcomes = await Task.WhenAll(changes.Select(change => Ledger.Commit(change, Token)));
        outcomes[11].ShouldBeOfType<CommitOutcome.Unavailable>();
        outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(19);
        (await Ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(20);
        (await Ledger.Read.Audit(new(), Token))!.Entries.Length.ShouldBe(21, "sequences stay without a gap");
    }

    [Fact]
    public async Task Past_the_bound_callers_are_told_to_come_back()
    {
        await Ledger.DisposeAsync();
        var ledger = await Open(Settings with { WaitingChanges = 10, BatchChanges = 5, Committers = 1 });
        (await ledger.Commit(Making.Capacity(Now, 1, 5_000), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        // A listener holds the committer between its batches.
        using var listening = ledger.Feed.Subscribe(_ => { entered.Set(); release.Wait(TestContext.Current.CancellationToken); });
        var first = ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(0), 0, 1), 0), Token);
        entered.Wait(TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(1, 10).Select(school => ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(school), 0, 1), 0), Token)).ToList();
        (await ledger.Commit(Making.Book(Now, Making.Sitting(Making.School(11), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.Busy>();
        release.Set();
        (await Task.WhenAll([first, .. waiting])).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        (await ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(11);
    }

    [Fact]
    public async Task Lists_are_paged_and_filtered()
    {
        await Done(Making.Capacity(Now, 10, 500));
        var made = Enumerable.Range(0, 7).Select(i => Making.Book(Now, Making.Sitting(Making.School(1), i, 1), i)).ToList();
        await Task.WhenAll(made.Select(change => Ledger.Commit(change, Token)));
        await Done(Making.Cancel(Now, Making.BookingOf(made[3]), 7));
        var ids = new List<BookingId>();
        string? cursor = null;
        do
        {
            var page = (await Ledger.Read.Bookings(Making.School(1), BookingFilter.None, cursor, 3, Token))!;
            ids.AddRange(page.Entries.Select(booking => booking.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        ids.ShouldBe(made.Select(change => Making.BookingOf(change).Id));
        var some = (await Ledger.Read.Bookings(
            Making.School(1), new() { From = Making.Slot(2).Start, To = Making.Slot(5).Start, Status = BookingStatus.Confirmed }, null, 10, Token))!;
        some.Entries.Select(booking => booking.Id).ShouldBe([ids[2], ids[4]]);
        (await Ledger.Read.Bookings(Making.School(1), new() { From = Instant.MinValue, To = Instant.MaxValue }, null, 10, Token))!.Entries.Length.ShouldBe(7);
        (await Ledger.Read.Bookings(Making.School(1), BookingFilter.None, "%%%", 10, Token)).ShouldBeNull();
        (await Ledger.Read.BookingsIn(new(Making.Pool, Making.Slot(2).Minutes, Making.Slot(5).Minutes), 10, Token)).Select(booking => booking.Id)
            .ShouldBe([ids[2], ids[4]]);
    }

    [Fact]
    public async Task R09_who_waits_is_served_by_weight_then_age()
    {
        var asked = new[] { Making.Request(Making.School(1), 0, 3), Making.Request(Making.School(1), 0, 2, weight: 5), Making.Request(Making.School(1), 0, 1) };
        var sequences = new List<long>();
        foreach (var (request, i) in asked.Select((request, i) => (request, i)))
            sequences.Add((await Done(Making.Ask(Now, request, i))).RequestSequence);
        sequences.ShouldBeInOrder(SortDirection.Ascending);
        (await Ledger.Read.QueuedRequests(Making.Pool, Making.Slot(0).Start, Making.Slot(1).Start, Token)).Select(request => request.Seats).ShouldBe([2, 3, 1]);
        (await Ledger.Read.QueuedRequests(Making.Pool, Making.Slot(1).Start, Making.Slot(2).Start, Token)).ShouldBeEmpty();
        var received = new List<FeedChange>();
        using (Ledger.Feed.Subscribe(changes => received.AddRange(changes)))
        {
            await Done(new Change
            {
                Record = Making.Record(Now, ChangeKind.RequestWithdrawn, asked[0].Id.ToString(), Making.School(1)),
                Guard = new(Making.School(1), 3),
                Rows = [new RowWrite.RequestChanged(asked[0] with { Sequence = sequences[0], Status = RequestStatus.Withdrawn, Version = 2 })],
            });
        }

        received.Single().Request!.Status.ShouldBe(RequestStatus.Withdrawn);
        (await Ledger.Read.AllQueuedRequests(Token)).Select(request => request.Seats).ShouldBe([2, 1]);
        (await Ledger.Read.Queue(Making.School(1), null, 10, Token))!.Entries.Select(request => request.Status)
            .ShouldBe([RequestStatus.Withdrawn, RequestStatus.Queued, RequestStatus.Queued]);
    }

    [Fact]
    public async Task The_catalogue_comes_back_whole_and_guards_its_versions()
    {
        foreach (var entry in CatalogueSamples.All)
            await Done(Making.Put(Now, entry, 1));
        (await Ledger.Commit(Making.Put(Now, CatalogueSamples.Pool, 1), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (await Ledger.Commit(Making.Put(Now, CatalogueSamples.Pool, 3), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        await Done(Making.Put(Now, CatalogueSamples.Pool with { Name = "Renamed" }, 2));
        var catalogue = await Ledger.Read.Catalogue(Token);
        catalogue.Pools[Making.Pool].Version.ShouldBe(2);
        catalogue.Pools[Making.Pool].Value.Name.ShouldBe("Renamed");
        catalogue.Pools[Making.Pool].Value.Zone.Id.ShouldBe("America/St_Johns");
        Same(catalogue.Exams[Making.Exam].Value, CatalogueSamples.Exam);
        Same(catalogue.Institutions[Making.School(1)].Value, CatalogueSamples.School.Institution);
        Same(catalogue.Seasons[CatalogueSamples.Season.Season.Id].Value, CatalogueSamples.Season.Season);
        Same(catalogue.Policy.Value, CatalogueSamples.Policy.Policy);
        Same(catalogue.Capacities[Making.Pool].Value, CatalogueSamples.Capacity.Capacity);
        Same(catalogue.KeysByHash[CatalogueSamples.Key.Hash], CatalogueSamples.Key);

        var revoked = CatalogueSamples.Key with { RevokedAt = Now };
        await Done(Making.Put(Now, revoked, 2));
        (await Ledger.Commit(Making.Put(Now, revoked, 2), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        catalogue = await Ledger.Read.Catalogue(Token);
        catalogue.KeysByHash.ShouldBeEmpty();
        Same(catalogue.ApiKeys[revoked.Id].Value, revoked);
    }

    [Fact]
    public async Task Own_changes_are_heard_before_their_callers_are_answered()
    {
        var received = new List<FeedChange>();
        using var listening = Ledger.Feed.Subscribe(changes => received.AddRange(changes));
        await Done(Making.Capacity(Now, 2, 10));
        received.Single().WholePool.ShouldBe(Making.Pool);
        received.Single().Slots.Length.ShouldBe(2);
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 4, 1), 0));
        received[1].Slots.Select(slot => (slot.Slot, slot.Capacity, slot.Taken)).ShouldBe([(Making.Slot(0), 10, 4), (Making.Slot(1), 10, 1)]);
        received[1].IsOwn.ShouldBeTrue();
        Ledger.Picture.Look(Making.Slot(0), Now).ShouldBe(new(10, 6, false));
    }

    [Fact]
    public async Task A_herd_of_readers_is_answered_alike()
    {
        await Done(Making.Capacity(Now, 2, 10));
        var rows = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Ledger.Read.Slot(Making.Slot(i % 3), Token)));
        rows.Count(row => row.Capacity == 10).ShouldBe(134);
        (await Ledger.Read.IsReachable(Token)).ShouldBeTrue();
    }

    private static void Same(object? actual, object? expected) => Texts.Of(actual).ShouldBe(Texts.Of(expected));
}
