using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R4, R11: plans are applied on a real silo, beside commands of schools.</summary>
public sealed class R11_PlanApplication
{
    private const int Day = 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R04_after_a_plan_swapped_two_full_bookings_their_schools_go_on_with_them()
    {
        await using var silo = await TestSilo.Open();
        var (a, b) = (await silo.NewSchool("a"), await silo.NewSchool("b"));
        var one = TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(Day, 8), 10)))).Booking;
        var other = TestSilo.Must(await b.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(Day, 9), 10)))).Booking;
        var plan = await Ready(silo, Move(one, 9), Move(other, 8));
        (await Apply(silo, plan)).Applied.ShouldBe(2);
        // The grains have read the new places: each school moves its booking on from there.
        (await silo.Free(TestSilo.Slot(Day, 8)), await silo.Free(TestSilo.Slot(Day, 9))).ShouldBe((0, 0));
        var moved = TestSilo.Must(await a.Reschedule(new(TestSilo.By(), one.Id.Value, TestSilo.Slot(Day, 10), null))).Booking;
        (moved.Version, moved.Sitting.Start).ShouldBe((3, TestSilo.Slot(Day, 10)));
        (await silo.Free(TestSilo.Slot(Day, 9)), await silo.Free(TestSilo.Slot(Day, 10))).ShouldBe((10, 0));
        // Again: the same answer, and nothing is moved.
        var again = (CommandResult<Snapshot>.Done)await silo.Plans.Apply(plan, TestSilo.By(), Token);
        (((PlanSnapshot)again.Value).Plan.Applied, ((PlanSnapshot)again.Value).Plan.Version).ShouldBe((2, 2));
        (await silo.Free(TestSilo.Slot(Day, 10))).ShouldBe(0);
        (await silo.Plans.Apply(PlanId.New(), TestSilo.By(), Token)).ShouldBeOfType<CommandResult<Snapshot>.NotFound>();
    }

    [Fact]
    public async Task R09_the_seats_that_a_plan_frees_go_to_the_waitlist()
    {
        await using var silo = await TestSilo.Open();
        var (a, b) = (await silo.NewSchool("a"), await silo.NewSchool("b"));
        var booking = TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(Day, 8), 10)))).Booking;
        var waits = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(Day, 8), 10), 1)));
        (await Apply(silo, await Ready(silo, Move(booking, 9)))).Applied.ShouldBe(1);
        (await silo.Status(waits)).ShouldBe(RequestStatus.Placed);
    }

    [Fact]
    public async Task R11_a_large_plan_is_applied_in_parts_that_keep_what_belongs_together()
    {
        await using var silo = await TestSilo.Open();
        var bookings = new List<Booking>();
        // 48 hours of ten seats, filled by 480 bookings of one seat; each hour changes with its neighbour.
        for (var school = 0; school < 48; school++)
        {
            var grain = await silo.NewSchool($"s{school:00}");
            var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(
                i => grain.Book(new(TestSilo.By(), TestSilo.Wish(Hour((school + (i * 5)) % 48), 1)))));
            bookings.AddRange(made.Select(result => TestSilo.Must(result).Booking));
        }

        var plan = await Ready(silo, [.. bookings.Select(booking => MoveTo(booking, Hour(HourOf(booking) ^ 1)))]);
        var after = await Apply(silo, plan);
        (after.Applied, after.Stale.Length, after.Status).ShouldBe((480, 0, PlanStatus.Applied));
        (after.PartsApplied, after.Parts, after.Decided).ShouldBe((3, 3, "0-479"));
        for (var hour = 0; hour < 48; hour++)
            (await silo.Free(Hour(hour))).ShouldBe(0);
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder }, Token)).ShouldBeEmpty();
    }

    /// <summary>Two hours in which schools wait. The first part of the application frees one of them, and the second part the other.</summary>
    [Fact]
    public async Task R09_walk_ins_wait_in_a_slot_from_the_part_that_frees_it_on_and_not_before()
    {
        var begun = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var silo = await TestSilo.Open(onCall: new CallFilter(call =>
        {
            if (call.MethodName == nameof(ISlotPoolGrain.BeginRound))
                begun.Enqueue(call.TargetId.Key.ToString()!);
            return false;
        }));
        await silo.Capacity(Hour(0), 1, Limits.PlanEntriesAtOnce);
        await silo.Capacity(Hour(3), 1, Limits.PlanEntriesAtOnce);
        var (a, b) = (await silo.NewSchool("a"), await silo.NewSchool("b"));
        var made = await Task.WhenAll(Enumerable.Range(0, Limits.PlanEntriesAtOnce + 10).Select(i =>
            a.Book(new(TestSilo.By(), TestSilo.Wish(Hour(i < Limits.PlanEntriesAtOnce ? 0 : 1), 1)))));
        var waits = new List<Guid>();
        foreach (var hour in new[] { 0, 1 })
            waits.Add(TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(Hour(hour), 5), 1))));
        var bookings = made.Select(result => TestSilo.Must(result).Booking);
        var plan = await Ready(silo, [.. bookings.Select(booking => MoveTo(booking, Hour(HourOf(booking) + 3)))]);
        begun.Clear();
        var byPart = new List<int>();
        PlanRow after;
        using (silo.Ledger.Feed.Subscribe(changes =>
            {
                if (changes.Any(change => change.Kind == ChangeKind.PlanApplied))
                    byPart.Add(begun.Distinct().Count());
            }))
            after = await Apply(silo, plan);
        (after.Applied, after.PartsApplied, after.Stale.Length).ShouldBe((Limits.PlanEntriesAtOnce + 10, 2, 0));
        byPart.ShouldBe([1, 2]);
        foreach (var entry in waits)
            (await silo.Status(entry)).ShouldBe(RequestStatus.Placed);
    }

    /// <summary>
    /// The call is cut short between two parts. Its repeat has the same idempotency key and names the version of the plan before the first part.
    /// </summary>
    [Fact]
    public async Task R13_the_repeat_of_an_application_that_was_cut_short_goes_on_although_it_names_the_version_before()
    {
        await using var silo = await TestSilo.Open();
        await silo.Capacity(Hour(0), 3, 300);
        var school = await silo.NewSchool("a");
        var (none, to) = (Limits.PlanEntriesAtOnce + 10, Hour(1));
        var made = await Task.WhenAll(Enumerable.Range(0, none).Select(_ => school.Book(new(TestSilo.By(), TestSilo.Wish(Hour(0), 1)))));
        var plan = await Ready(silo, [.. made.Select(result => MoveTo(TestSilo.Must(result).Booking, to))]);
        var caller = TestSilo.By(key: "apply") with { SeenVersion = 1 };
        using (var cut = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            using (silo.Ledger.Feed.Subscribe(changes =>
                {
                    if (changes.Any(change => change.Kind == ChangeKind.PlanApplied))
                        cut.Cancel();
                }))
                (await silo.Plans.Apply(plan, caller, cut.Token)).ShouldBeOfType<CommandResult<Snapshot>.OutcomeUnknown>();
        }

        var between = (await silo.Ledger.Read.Plan(plan, Token)).ShouldNotBeNull();
        (between.Status, between.PartsApplied, between.Parts, between.Applied).ShouldBe((PlanStatus.Ready, 1, 2, Limits.PlanEntriesAtOnce));
        // Another caller who names an old version of a plan of which nothing is applied yet is refused; here the plan goes on.
        var command = new PlanCommand(caller, plan.Value);
        var after = TestSilo.Must(await silo.Grains.Plans().Apply(command, Token)).Plan;
        (after.Status, after.PartsApplied, after.Applied, after.Stale.Length, after.Version).ShouldBe((PlanStatus.Applied, 2, none, 0, 3));
        (await silo.Free(Hour(1))).ShouldBe(300 - none);
        (await silo.Free(Hour(0))).ShouldBe(300);
        var again = (await silo.Grains.Plans().Apply(command, Token)).ShouldBeOfType<CommandResult<PlanSnapshot>.Done>();
        (again.Value.Plan.Version, again.Value.Plan.Applied).ShouldBe((3, none));
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder }, Token)).ShouldBeEmpty();
    }

    /// <summary>
    /// Schools book and cancel while 1,000 plans are applied, two at once. The seats of a plan's entries are often taken between the making of the plan and its
    /// application.
    /// </summary>
    [Fact]
    public async Task R11_a_thousand_plans_beside_bookings_exceed_no_slot_and_lose_no_booking()
    {
        await using var silo = await TestSilo.Open();
        var over = new List<SlotSeats>();
        using var listening = silo.Ledger.Feed.Subscribe(
            changes => over.AddRange(changes.SelectMany(change => change.Slots).Where(seats => seats.Taken > seats.Capacity)));
        var planned = new List<Booking>();
        for (var i = 0; i < 24; i++)
            planned.Add(TestSilo.Must(await (await silo.NewSchool($"s{i:00}")).Book(new(TestSilo.By(), TestSilo.Wish(Hour(i % 12), 4)))).Booking);
        for (var i = 0; i < 6; i++)
            await silo.NewSchool($"w{i}", vouchers: 100_000);
        using var end = new CancellationTokenSource();
        var walkIns = Enumerable.Range(0, 6).Select(i => Task.Run(() => Walk(silo, i, end.Token), Token)).ToList();
        var (applied, stale) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(side => Task.Run(
            async () =>
            {
                var random = new Random(side);
                for (var i = 0; i < 500; i++)
                {
                    var entries = new List<PlanEntry>();
                    foreach (var one in random.GetItems(planned.ToArray(), 6).DistinctBy(booking => booking.Id))
                        entries.Add(MoveTo((await silo.Ledger.Read.Booking(one.Id, Token))!, Hour(random.Next(12))));
                    var after = await Apply(silo, await Ready(silo, [.. entries]));
                    after.Status.ShouldBe(PlanStatus.Applied);
                    (after.Applied + after.Stale.Length).ShouldBe(entries.Count);
                    Interlocked.Add(ref applied, after.Applied);
                    Interlocked.Add(ref stale, after.Stale.Length);
                }
            },
            Token)));
        await end.CancelAsync();
        var walked = (await Task.WhenAll(walkIns)).Sum();
        over.ShouldBeEmpty();
        foreach (var booking in planned)
        {
            var now = (await silo.Ledger.Read.Booking(booking.Id, Token)).ShouldNotBeNull();
            (now.Status, now.Sitting.Seats).ShouldBe((BookingStatus.Confirmed, 4));
            var of = await silo.Ledger.Read.Bookings(booking.Sitting.Institution, BookingFilter.None, null, 10, Token);
            of!.Entries.ShouldHaveSingleItem().Sitting.Start.ShouldBe(now.Sitting.Start);
        }

        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder }, Token)).ShouldBeEmpty();
        TestContext.Current.TestOutputHelper?.WriteLine($"{applied} applied, {stale} stale, {walked} commands beside");
        applied.ShouldBeGreaterThan(500);
        stale.ShouldBeGreaterThan((applied + stale) * 3 / 10);
    }

    /// <summary>Books and cancels until the end. Returns the number of commands that were done.</summary>
    private static async Task<int> Walk(TestSilo silo, int number, CancellationToken end)
    {
        var (random, school, mine, done) = (new Random(100 + number), silo.School($"w{number}"), new Queue<Guid>(), 0);
        while (!end.IsCancellationRequested)
        {
            if (mine.Count > 2)
            {
                TestSilo.Must(await school.Cancel(new(TestSilo.By(), mine.Dequeue(), null), CancellationToken.None));
                done++;
            }
            else if (await Wished(random.Next(12), random.Next(1, 7)) is CommandResult<BookingSnapshot>.Done booked)
            {
                mine.Enqueue(booked.Value.Booking.Id.Value);
                done++;
            }
        }

        return done;

        // The last commands end too: a token that is cancelled would leave their outcome open.
        Task<CommandResult<BookingSnapshot>> Wished(int hour, int seats) =>
            school.Book(new(TestSilo.By(), TestSilo.Wish(Hour(hour), seats)), CancellationToken.None);
    }

    private static async Task<PlanRow> Apply(TestSilo silo, PlanId plan) =>
        ((PlanSnapshot)TestSilo.Must(await silo.Plans.Apply(plan, TestSilo.By(), Token))).Plan;

    /// <summary>Stores a plan that is ready, as its run does.</summary>
    private static async Task<PlanId> Ready(TestSilo silo, params ImmutableArray<PlanEntry> entries)
    {
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Ready, MadeBy = "operator", MadeAt = silo.Clock.Now,
            Scope = new([TestSilo.Pool], Hour(0), Hour(48), 30, MovesBookings: true),
        };
        var outcome = await silo.Ledger.Commit(
            new()
            {
                Record = new()
                {
                    At = silo.Clock.Now, Who = "operator", Kind = ChangeKind.PlanEnded, Subject = plan.Id.ToString(), After = new PlanSnapshot(plan),
                },
                Rows = [new RowWrite.PlanPut(plan), new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(entries))],
            },
            Token);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        return plan.Id;
    }

    private static PlanEntry.Move Move(Booking booking, int hour) => MoveTo(booking, TestSilo.Slot(Day, hour));

    private static PlanEntry.Move MoveTo(Booking booking, Instant to) =>
        new PlanEntry.Move(booking.Id, booking.Version, booking.Sitting.Start, to) { Institution = booking.Sitting.Institution };

    private static Instant Hour(int number) => TestSilo.Slot(Day, 0) + Duration.FromHours(number);

    private static int HourOf(Booking booking) => (int)(booking.Sitting.Start - Hour(0)).TotalHours;
}
