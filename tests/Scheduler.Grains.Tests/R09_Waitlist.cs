using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R9: freed seats go to the waitlist at once, before any walk-in gets them.</summary>
public sealed class R09_Waitlist
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    [Fact]
    public async Task R09_the_season_clock_offers_the_seats_of_a_lapsed_hold_without_any_call()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        TestSilo.Must(await a.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        var entry = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 4), 1)));
        silo.Clock.Advance(Duration.FromMinutes(10));
        await silo.Tick();
        (await silo.Status(entry)).ShouldBe(RequestStatus.Placed);
        (await silo.Free(_slot)).ShouldBe(6);
    }

    [Fact]
    public async Task R09_an_entry_that_cannot_be_asked_does_not_keep_later_entries_from_expiring()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-grains-").FullName;
        await using var silo = await TestSilo.Open(folder);
        TestSilo.Must(await silo.Capacity(_slot, 1, 0));
        for (var i = 0; i < 4; i++)
            TestSilo.Must(await (await silo.NewSchool($"s{i}")).Join(new(TestSilo.By(), TestSilo.Wish(_slot, 1), 1)));
        // The row of the first entry cannot be read.
        var first = silo.Waitlist.Entries.First();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"update requests set mode = 'neither' where id = '{first.Id}'";
            (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        await silo.CollectIdleGrains();
        silo.Clock.Set(_slot - Duration.FromDays(1));
        await silo.Tick();
        silo.Waitlist.Entries.Single().Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task R09_an_entry_that_was_withdrawn_while_the_waitlist_was_read_does_not_come_back()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        TestSilo.Must(await silo.Capacity(_slot, 1, 0));
        var left = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 1), 1)));
        var stays = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 2), 1)));
        using var index = WaitlistIndex.Following(silo.Ledger);
        var read = await silo.Ledger.Read.AllQueuedRequests(CancellationToken.None);
        TestSilo.Must(await a.Withdraw(new(TestSilo.By(), left)));
        var joined = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 3), 1)));
        index.Fill(read);
        index.Entries.Select(request => request.Id.Value).Order().ShouldBe(new[] { stays, joined }.Order());
    }

    [Fact]
    public async Task R09_a_walk_in_right_after_a_lapse_comes_behind_the_waitlist()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        TestSilo.Must(await a.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        var entry = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 8), 1)));
        silo.Clock.Advance(Duration.FromMinutes(10));
        TestSilo.Code(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 5)))).ShouldBe("slot_full");
        (await silo.Status(entry)).ShouldBe(RequestStatus.Placed);
    }

    [Fact]
    public async Task R09_raised_capacity_goes_to_entries_by_weight_and_then_age_and_the_rest_to_walk_ins()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        var old = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 3), 1)));
        var young = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 3), 1)));
        var heavy = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 4), 2)));
        TestSilo.Must(await silo.Capacity(_slot, 1, 18));
        (await silo.Status(heavy)).ShouldBe(RequestStatus.Placed);
        (await silo.Status(old)).ShouldBe(RequestStatus.Placed);
        (await silo.Status(young)).ShouldBe(RequestStatus.Queued);
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1))));
    }

    [Fact]
    public async Task R09_an_entry_that_is_passed_over_says_how_many_seats_were_free_and_how_many_those_behind_took()
    {
        await using var silo = await TestSilo.Open();
        var (a, b) = (await silo.NewSchool("a"), await silo.NewSchool("b"));
        var five = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 5))));
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 5))));
        var large = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 7), 1)));
        var small = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 3), 1)));
        Figures(await Passed(large)).ShouldBe((0, 0));
        silo.Clock.Advance(Duration.FromMinutes(2));
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), five, null)));
        (await silo.Status(small)).ShouldBe(RequestStatus.Placed);
        Figures(await Passed(large)).ShouldBe((5, 3));

        async Task<PassedOver> Passed(Guid id) => (await silo.Ledger.Read.Request(new(id), CancellationToken.None))!.PassedOver!.Value;

        static (int?, int?) Figures(PassedOver passed) => (passed.FreeSeats, passed.TakenSeats);
    }

    [Fact]
    public async Task R09_vouchers_that_a_school_has_again_serve_its_own_entries_elsewhere()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a", vouchers: 5);
        var id = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 5))));
        var entry = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(33, 10), 4), 1)));
        (await silo.Ledger.Read.Request(new(entry), CancellationToken.None))!.PassedOver!.Value.Why.ShouldBe("vouchers_short");
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), id, null)));
        (await silo.Status(entry)).ShouldBe(RequestStatus.Placed);
    }

    [Fact]
    public async Task R09_a_repeated_refusal_of_an_entry_is_recorded_once_a_minute_and_not_in_every_round()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        var first = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1))));
        var second = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1))));
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 8))));
        var entry = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 5), 1)));
        var joined = silo.Clock.Now;
        silo.Clock.Advance(Duration.FromSeconds(59));
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), first, null)));
        (await silo.Ledger.Read.Request(new(entry), CancellationToken.None))!.PassedOver!.Value.At.ShouldBe(joined);
        silo.Clock.Advance(Duration.FromSeconds(1));
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), second, null)));
        (await silo.Ledger.Read.Request(new(entry), CancellationToken.None))!.PassedOver!.Value.At.ShouldBe(silo.Clock.Now);
    }

    [Fact]
    public async Task R09_cancellations_joins_and_walk_ins_at_once_leave_no_entry_queued_that_fits()
    {
        await using var silo = await TestSilo.Open();
        for (var i = 0; i < 6; i++)
            await silo.NewSchool($"s{i}");
        var hour = Duration.FromHours(1);
        List<(string School, Guid Id)> made = [];
        for (var i = 0; i < 20; i++)
            made.Add(($"s{i % 6}", TestSilo.Id(await Book(i))));
        await Task.WhenAll(
            Task.WhenAll(made.Select(booking => silo.School(booking.School).Cancel(new(TestSilo.By(), booking.Id, null)))),
            Task.WhenAll(Enumerable.Range(0, 30).Select(Join)),
            Task.WhenAll(Enumerable.Range(0, 60).Select(Book)));
        await silo.Tick();
        foreach (var start in new[] { _slot, _slot + hour })
        {
            var free = await silo.Free(start);
            free.ShouldBeGreaterThanOrEqualTo(0);
            var queued = await silo.Ledger.Read.QueuedRequests(TestSilo.Pool, start, start + Duration.FromMinutes(1), CancellationToken.None);
            queued.Where(request => request.Seats <= free).ShouldBeEmpty($"{free} seats are free at {start}, and an entry that fits is queued");
            var rows = await silo.Ledger.Read.BookingsIn(new(TestSilo.Pool, SlotMinutes.Of(start), SlotMinutes.Of(start) + 60), 1_000, CancellationToken.None);
            (10 - free).ShouldBe(rows.Sum(booking => booking.Sitting.Seats));
        }

        Task<CommandResult<BookingSnapshot>> Book(int i) =>
            silo.School($"s{i % 6}").Book(new(TestSilo.By(), TestSilo.Wish(_slot + (hour * (i % 2)), 1)));

        Task<CommandResult<RequestSnapshot>> Join(int i) =>
            silo.School($"s{i % 6}").Join(new(TestSilo.By(), TestSilo.Wish(_slot + (hour * (i % 2)), 1 + (i % 3)), 1 + (i % 2)));
    }
}
