using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>R4, R11: a plan's application is decided inside the commit, entry by entry.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task R04_two_full_bookings_of_two_schools_swap_their_slots_in_one_plan()
    {
        var season = await SeasonOf(hours: 3, capacity: 30, schools: 2);
        var (one, other) = (await season.Book(1, 0, 30), await season.Book(2, 1, 30));
        ImmutableArray<PlanEntry> entries = [MoveOf(one, 1), MoveOf(other, 0)];
        var plan = await season.Ready(entries);
        var received = new List<FeedChange>();
        var before = (await Versions(1), await Versions(2));
        PlanRow after;
        using (Ledger.Feed.Subscribe(changes => received.AddRange(changes)))
            after = await season.Apply(plan, entries);
        (after.Status, after.Applied, after.Stale.Length, after.Version, after.Decided, after.PartsApplied, after.Parts)
            .ShouldBe((PlanStatus.Applied, 2, 0, 2, "0-1", 1, 1));
        Same(await Ledger.Read.Plan(plan.Id, Token), after);

        // Each booking is where the plan says, once, with the act; the slots are as full as before.
        foreach (var (booking, hour) in new[] { (one, 1), (other, 0) })
        {
            var moved = (await Ledger.Read.Booking(booking.Id, Token)).ShouldNotBeNull();
            (moved.Sitting.Start, moved.Version, moved.Sitting.Seats).ShouldBe((Making.Slot(hour).Start, 2, 30));
            moved.OperatorAct.ShouldBe(new(OperatorActKind.Moved, Now, $"plan/{plan.Id}"));
            (await Ledger.Read.Slot(Making.Slot(hour), Token)).Booked.ShouldBe(30);
            Ledger.Picture.Look(Making.Slot(hour), Now).Free.ShouldBe(0);
        }

        (await Versions(1), await Versions(2)).ShouldBe((before.Item1 + 1, before.Item2 + 1));

        // The feed names every institution and slot; none of the changes is one whose caller updates a memory.
        received.Select(change => change.Kind).ShouldBe([ChangeKind.PlanApplied, ChangeKind.BookingMoved, ChangeKind.BookingMoved]);
        received.ShouldAllBe(change => !change.IsOwn);
        received.Skip(1).Select(change => change.Institution).ShouldBe([Making.School(1), Making.School(2)]);
        received[1].Slots.Select(seats => (seats.Slot, seats.Taken)).ShouldBe([(Making.Slot(0), 30), (Making.Slot(1), 30)]);

        // The record and the notices say who, when, what and why.
        foreach (var (school, booking) in new[] { (1, one), (2, other) })
        {
            var notice = (await Ledger.Read.Notices(Making.School(school), null, 10, Token))!.Entries[^1];
            (notice.Kind, notice.Subject, notice.Who, notice.Why).ShouldBe((ChangeKind.BookingMoved, booking.Id.ToString(), "key-1", $"plan/{plan.Id}"));
            ((BookingSnapshot)notice.Before!).Booking.Sitting.Start.ShouldBe(booking.Sitting.Start);
        }

        await IsSound();
    }

    [Fact]
    public async Task R11_an_application_reads_only_the_bookings_that_can_matter_and_each_once()
    {
        const int far = 60;
        var season = await SeasonOf(hours: (4 * far) + 1, capacity: 30, schools: 2);
        var (moved, beside, online) = (await season.Book(1, 0, 3), await season.Book(1, 2 * far, 4), await season.Book(1, far, 5, DeliveryMode.Online));
        await season.Book(1, 3 * far, 6);
        var other = await season.Book(2, 2 * far, 7);
        // The booking has moved before, so the trail names it twice.
        ImmutableArray<PlanEntry> first = [MoveOf(moved, 4 * far)];
        await season.Apply(await season.Ready(first), first);
        moved = (await Ledger.Read.Booking(moved.Id, Token)).ShouldNotBeNull();

        ImmutableArray<PlanEntry> entries = [MoveOf(moved, 2 * far), MoveOf(other, 0)];
        var input = await Ledger.Read.PlanInput(entries, Now, Token);
        input.Institutions[Making.School(1)].State.Bookings.Keys.ShouldBe([moved.Id, beside.Id, online.Id], ignoreOrder: true);
        input.Institutions[Making.School(2)].State.Bookings.Keys.ShouldBe([other.Id]);
        (await season.Apply(await season.Ready(entries), entries)).Applied.ShouldBe(2);
        await IsSound();
    }

    [Fact]
    public async Task R11_an_entry_whose_booking_changed_is_stale_and_the_rest_stands()
    {
        var season = await SeasonOf(hours: 4, capacity: 30, schools: 2);
        var (one, other) = (await season.Book(1, 0, 10), await season.Book(2, 0, 10));
        ImmutableArray<PlanEntry> entries = [MoveOf(one, 2), MoveOf(other, 3)];
        var plan = await season.Ready(entries);
        await season.Cancel(one, 1);
        var after = await season.Apply(plan, entries);
        (after.Applied, after.Status).ShouldBe((1, PlanStatus.Applied));
        Same(after.Stale, ImmutableArray.Create(new StaleEntry(entries[0], "changed")));
        (await Booked(4)).ShouldBe([0, 0, 0, 10]);
        await IsSound();
    }

    [Fact]
    public async Task R11_an_entry_whose_seats_are_gone_is_stale()
    {
        var season = await SeasonOf(hours: 4, capacity: 30, schools: 3);
        var (one, other) = (await season.Book(1, 0, 10), await season.Book(2, 0, 10));
        ImmutableArray<PlanEntry> entries = [MoveOf(one, 2), MoveOf(other, 3)];
        var plan = await season.Ready(entries);
        await season.Book(3, 2, 21);
        var after = await season.Apply(plan, entries);
        Same(after.Stale, ImmutableArray.Create(new StaleEntry(entries[0], "slot_full")));
        (await Booked(4)).ShouldBe([10, 0, 21, 10]);
        await IsSound();
    }

    [Fact]
    public async Task R11_what_happened_after_the_reading_is_decided_inside_the_commit()
    {
        var season = await SeasonOf(hours: 6, capacity: 30, schools: 3, labSeats: 12);
        var (one, other) = (await season.Book(1, 0, 10), await season.Book(2, 1, 10));
        ImmutableArray<PlanEntry> entries = [MoveOf(one, 2), MoveOf(other, 3)];
        var plan = await season.Ready(entries);
        var application = await season.Application(plan, entries);
        // The school fills its workstations at the new hour, and another one takes the seats of the other entry.
        await season.Book(1, 2, 3);
        await season.Book(3, 3, 12);
        await Done(Making.Capacity(Now, 1, 21, from: 3));
        var applied = (await Done(application)).Applied.ShouldNotBeNull();
        applied.Plan.Stale.Select(stale => stale.Why).ShouldBe(["lab_seats_exceeded", "slot_full"]);
        (await Booked(4)).ShouldBe([10, 10, 3, 12]);
        applied.Institutions[Making.School(1)].Version.ShouldBe(await Versions(1));
        await IsSound();
    }

    [Fact]
    public async Task R13_a_part_of_a_plan_is_applied_once()
    {
        var season = await SeasonOf(hours: 3, capacity: 30, schools: 1);
        var booking = await season.Book(1, 0, 10);
        ImmutableArray<PlanEntry> entries = [MoveOf(booking, 1)];
        var plan = await season.Ready(entries);
        var application = await season.Application(plan, entries, stamp: new("key-1", "apply", "hash"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Ledger.Commit(application, Token)));
        var done = outcomes.OfType<CommitOutcome.Committed>().ShouldHaveSingleItem();
        outcomes.OfType<CommitOutcome.Stale>().Count().ShouldBe(3);
        (await Ledger.Commit(application, Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (await Booked(3)).ShouldBe([0, 10, 0]);
        (await Ledger.Read.Booking(booking.Id, Token))!.Version.ShouldBe(2);
        // The key leads to the answer, which is the plan.
        var key = (await Ledger.Read.FindKey(null, "key-1", "apply", Now - Duration.FromDays(1), Token)).ShouldNotBeNull();
        key.Change.ShouldBe(done.Change);
        Same(await Ledger.Read.Answer(key.Change, Token), new PlanSnapshot(done.Applied!.Plan with { Decided = "" }));
    }

    [Fact]
    public async Task R11_a_changed_catalogue_lets_the_caller_read_again()
    {
        var season = await SeasonOf(hours: 3, capacity: 30, schools: 1);
        var booking = await season.Book(1, 0, 10);
        ImmutableArray<PlanEntry> entries = [MoveOf(booking, 1)];
        var plan = await season.Ready(entries);
        var application = await season.Application(plan, entries);
        await Done(Making.Put(Now, new InstitutionEntry(PlanSeason.School(1, 5)), 2));
        (await Ledger.Commit(application, Token)).ShouldBeOfType<CommitOutcome.Stale>();
        (await season.Apply(plan, entries)).Stale.Select(stale => stale.Why).ShouldBe(["lab_seats_exceeded"]);
    }

    [Fact]
    public async Task R11_parts_are_applied_one_after_the_other_also_after_a_restart()
    {
        var season = await SeasonOf(hours: 8, capacity: 30, schools: 3);
        Booking[] bookings = [await season.Book(1, 0, 10), await season.Book(2, 0, 10), await season.Book(3, 0, 10)];
        ImmutableArray<PlanEntry> entries = [.. bookings.Select((booking, i) => MoveOf(booking, i + 1))];
        var plan = await season.Ready(entries);
        var first = (await Done(await season.Application(plan, entries, from: 1, count: 1))).Applied!.Plan;
        (first.Status, first.Decided, first.PartsApplied, first.Parts, first.Applied).ShouldBe((PlanStatus.Ready, "1", 1, 2, 1));
        await Reopen();
        Same(await Ledger.Read.Plan(plan.Id, Token), first);
        season = new(Ledger, Now);
        var second = (await Done(await season.Application(first, entries, from: 2))).Applied!.Plan;
        (second.Status, second.Decided).ShouldBe((PlanStatus.Ready, "1-2"));
        var last = (await Done(await season.Application(second, entries, count: 1))).Applied!.Plan;
        (last.Status, last.Decided, last.Applied, last.PartsApplied).ShouldBe((PlanStatus.Applied, "0-2", 3, 3));
        (await Booked(4)).ShouldBe([0, 10, 10, 10]);
        await IsSound();
    }

    [Fact]
    public async Task R11_two_plans_that_want_the_same_seats_do_not_both_get_them()
    {
        var season = await SeasonOf(hours: 4, capacity: 30, schools: 8);
        var bookings = new List<Booking>();
        for (var school = 1; school <= 8; school++)
            bookings.Add(await season.Book(school, school % 2, 6));
        // Four moves of each plan want 48 of the 30 seats of the hour.
        ImmutableArray<PlanEntry>[] entries =
        [
            [.. bookings.Take(4).Select(booking => MoveOf(booking, 2))],
            [.. bookings.Skip(4).Select(booking => MoveOf(booking, 2))],
        ];
        var applications = new List<Change>();
        foreach (var one in entries)
            applications.Add(await season.Application(await season.Ready(one), one));
        var outcomes = await Task.WhenAll(applications.Select(change => Ledger.Commit(change, Token)));
        var plans = outcomes.Select(outcome => outcome.ShouldBeOfType<CommitOutcome.Committed>().Applied!.Plan).ToList();
        plans.Sum(plan => plan.Applied).ShouldBe(5);
        plans.Sum(plan => plan.Stale.Length).ShouldBe(3);
        var booked = (await Booked(3)).ToList();
        (booked[2], booked.Sum()).ShouldBe((30, 48));
        await IsSound();
    }

    [Fact]
    public async Task R10_the_seats_of_lapsed_holds_are_free_for_a_plan()
    {
        var season = await SeasonOf(hours: 3, capacity: 30, schools: 2);
        var booking = await season.Book(1, 0, 10);
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(2), 1, 25), ExpiresAt = Now + Duration.FromMinutes(10) };
        await Done(Making.Keep(Now, hold, await Versions(2)));
        ImmutableArray<PlanEntry> entries = [MoveOf(booking, 1)];
        (await season.Apply(await season.Ready(entries), entries)).Stale.Select(stale => stale.Why).ShouldBe(["slot_full"]);
        Clock.Advance(Duration.FromMinutes(10));
        (await new PlanSeason(Ledger, Now).Apply(await season.Ready(entries), entries)).Applied.ShouldBe(1);
        (await Booked(2)).ShouldBe([0, 10]);
        await IsSound();
    }

    [Fact]
    public async Task R11_a_request_gets_its_bookings_part_by_part_and_its_school_is_told()
    {
        var season = await SeasonOf(hours: 4, capacity: 30, schools: 2);
        var request = await season.Ask(1, 50, minGroup: 10);
        var whole = await season.Ask(2, 20);
        ImmutableArray<PlanEntry> entries =
            [PlanSeason.Place(request, 0, 30), PlanSeason.Place(request, 1, 15), PlanSeason.Place(whole, 1), PlanSeason.Place(whole, 2)];
        var after = await season.Apply(await season.Ready(entries), entries);
        // The other school's 20 seats are missing beside the 15; its second placement would be more than it asked for.
        after.Stale.Select(stale => stale.Why).ShouldBe(["slot_full", "changed"]);
        (await Booked(3)).ShouldBe([30, 15, 0]);
        var placed = (await Ledger.Read.Request(request.Id, Token)).ShouldNotBeNull();
        (placed.Status, placed.PlacedSeats, placed.Version).ShouldBe((RequestStatus.Queued, 45, 3));
        var rows = await Ledger.Read.Institution(Making.School(1), Now, 0, Token);
        rows.State.Bookings.Values.Select(booking => booking.Id).ShouldBe(placed.Bookings, ignoreOrder: true);
        rows.State.Bookings.Values.Sum(booking => booking.Sitting.Vouchers.Sum(draw => draw.Vouchers)).ShouldBe(45);
        rows.State.Packs.Values.Single().Taken.ShouldBe(45);
        rows.State.Requests[request.Id].PlacedSeats.ShouldBe(45);
        (await Ledger.Read.Notices(Making.School(1), null, 10, Token))!.Entries.Select(notice => (notice.Kind, notice.Subject))
            .ShouldBe(Enumerable.Repeat((ChangeKind.RequestPlaced, request.Id.ToString()), 2));
        (await Ledger.Read.Bookings(Making.School(1), BookingFilter.None, null, 10, Token))!.Entries.Length.ShouldBe(2);

        // The next plan sees the request as it is now, and places the rest: then the request waits no more.
        ImmutableArray<PlanEntry> rest = [PlanSeason.Place(placed, 2, 5)];
        (await season.Apply(await season.Ready(rest), rest)).Applied.ShouldBe(1);
        var last = (await Ledger.Read.Request(request.Id, Token)).ShouldNotBeNull();
        (last.Status, last.PlacedSeats, last.Booking).ShouldBe((RequestStatus.Placed, 50, placed.Bookings[0]));
        await IsSound();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R11_a_booking_stays_when_its_request_changed_though_the_request_waits_no_longer(bool isReadBefore)
    {
        var season = await SeasonOf(hours: 6, capacity: 50, schools: 2);
        var (request, other) = (await season.Ask(1, 50, minGroup: 10), await season.Ask(2, 20));
        ImmutableArray<PlanEntry> first = [PlanSeason.Place(request, 0, 45), PlanSeason.Place(other, 1)];
        (await season.Apply(await season.Ready(first), first)).Applied.ShouldBe(2);
        (request, other) = ((await Ledger.Read.Request(request.Id, Token))!, (await Ledger.Read.Request(other.Id, Token))!);
        (request.Version, other.Status).ShouldBe((2, RequestStatus.Placed));
        var (one, two) = ((await Ledger.Read.Booking(request.Bookings[0], Token))!, (await Ledger.Read.Booking(other.Bookings[0], Token))!);
        ImmutableArray<PlanEntry> entries = [MoveOf(one, 2, request), MoveOf(two, 3, other)];
        var plan = await season.Ready(entries);
        var application = await season.Application(plan, entries);
        // The school takes back the five seats that still wait.
        await season.Change(request with { Status = RequestStatus.Withdrawn, Version = 3 }, 1);
        if (!isReadBefore)
            application = await season.Application(plan, entries);
        var after = (await Done(application)).Applied.ShouldNotBeNull().Plan;
        (after.Applied, after.Status).ShouldBe((1, PlanStatus.Applied));
        Same(after.Stale, ImmutableArray.Create(new StaleEntry(entries[0], "changed")));
        (await Booked(4)).ShouldBe([45, 0, 0, 20]);
        await IsSound();
    }

    [Property(MaxTest = 200)]
    public void Numbers_of_entries_come_back_from_their_text(int[] numbers)
    {
        var set = numbers.Select(number => Math.Abs(number % 40)).ToHashSet();
        EntryNumbers.Read(EntryNumbers.Write(set)).ShouldBe(set, ignoreOrder: true);
    }

    private static PlanEntry MoveOf(Booking booking, int hour, Request? of = null) => PlanSeason.Move(booking, hour, of);

    private async Task<PlanSeason> SeasonOf(int hours, int capacity, int schools, int labSeats = 100)
    {
        var season = new PlanSeason(Ledger, Now);
        await season.Make(hours, capacity, schools, labSeats);
        return season;
    }

    private async Task<long> Versions(int school) => (await Ledger.Read.Institution(Making.School(school), Now, 0, Token)).Version;

    private async Task<IEnumerable<int>> Booked(int hours)
    {
        var rows = await Ledger.Read.Slots([.. Enumerable.Range(0, hours).Select(hour => Making.Slot(hour))], Token);
        foreach (var (slot, row) in rows)
            Ledger.Picture.Look(slot, Now).Free.ShouldBe(row.Capacity - row.Booked - row.Held);
        return Enumerable.Range(0, hours).Select(hour => rows[Making.Slot(hour)].Booked);
    }

    private async Task IsSound() => (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldBeEmpty();
}
