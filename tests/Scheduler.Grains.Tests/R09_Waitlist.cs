using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R9: what comes free goes to those who wait, at once and before anybody who walks in.</summary>
public sealed class R09_Waitlist
{
    private static readonly Instant _slot = House.Slot(30, 10);

    [Fact]
    public async Task R09_a_lapsed_hold_is_offered_by_the_clockwork_without_any_call()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        var b = await house.NewSchool("b");
        House.Must(await a.Hold(new(House.By(), House.Wish(_slot, 10))));
        var entry = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 4), 1)));
        house.Clock.Advance(Duration.FromMinutes(10));
        await house.Tick();
        (await Status(house, entry)).ShouldBe(RequestStatus.Placed);
        (await house.Free(_slot)).ShouldBe(6);
    }

    [Fact]
    public async Task R09_an_entry_that_cannot_be_asked_keeps_none_behind_it_from_expiring()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-grains-").FullName;
        await using var house = await House.Open(folder);
        House.Must(await house.Capacity(_slot, 1, 0));
        for (var i = 0; i < 4; i++)
            House.Must(await (await house.NewSchool($"s{i}")).Join(new(House.By(), House.Wish(_slot, 1), 1)));
        // The first in line has a row that nobody can read.
        var first = house.Waiting.Entries.First();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"update requests set mode = 'neither' where id = '{first.Id}'";
            (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        await house.ThrowGrainsAway();
        house.Clock.Set(_slot - Duration.FromDays(1));
        await house.Tick();
        house.Waiting.Entries.Single().Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task R09_who_left_while_those_who_wait_were_read_does_not_come_back()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        House.Must(await house.Capacity(_slot, 1, 0));
        var left = House.Id(await a.Join(new(House.By(), House.Wish(_slot, 1), 1)));
        var stays = House.Id(await a.Join(new(House.By(), House.Wish(_slot, 2), 1)));
        using var index = WaitlistIndex.Listening(house.Ledger);
        var read = await house.Ledger.Read.AllWaiting();
        House.Must(await a.Withdraw(new(House.By(), left)));
        var joined = House.Id(await a.Join(new(House.By(), House.Wish(_slot, 3), 1)));
        index.Fill(read);
        index.Entries.Select(request => request.Id.Value).Order().ShouldBe(new[] { stays, joined }.Order());
    }

    [Fact]
    public async Task R09_who_walks_in_right_after_a_lapse_comes_behind_those_who_wait()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        var b = await house.NewSchool("b");
        House.Must(await a.Hold(new(House.By(), House.Wish(_slot, 10))));
        var entry = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 8), 1)));
        house.Clock.Advance(Duration.FromMinutes(10));
        House.Code(await a.Book(new(House.By(), House.Wish(_slot, 5)))).ShouldBe("slot_full");
        (await Status(house, entry)).ShouldBe(RequestStatus.Placed);
    }

    [Fact]
    public async Task R09_raised_capacity_goes_by_weight_and_then_age_and_the_rest_is_for_walk_ins()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        var b = await house.NewSchool("b");
        House.Must(await a.Book(new(House.By(), House.Wish(_slot, 10))));
        var old = House.Id(await a.Join(new(House.By(), House.Wish(_slot, 3), 1)));
        var young = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 3), 1)));
        var heavy = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 4), 2)));
        House.Must(await house.Capacity(_slot, 1, 18));
        (await Status(house, heavy)).ShouldBe(RequestStatus.Placed);
        (await Status(house, old)).ShouldBe(RequestStatus.Placed);
        (await Status(house, young)).ShouldBe(RequestStatus.Queued);
        House.Must(await a.Book(new(House.By(), House.Wish(_slot, 1))));
    }

    [Fact]
    public async Task R09_what_a_school_gives_back_of_its_own_serves_its_own_entries_elsewhere()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a", vouchers: 5);
        var id = House.Id(await a.Book(new(House.By(), House.Wish(_slot, 5))));
        var entry = House.Id(await a.Join(new(House.By(), House.Wish(House.Slot(33, 10), 4), 1)));
        (await house.Ledger.Read.Request(new(entry)))!.PassedOver!.Value.Why.ShouldBe("vouchers_short");
        House.Must(await a.Cancel(new(House.By(), id, null)));
        (await Status(house, entry)).ShouldBe(RequestStatus.Placed);
    }

    [Fact]
    public async Task R09_being_passed_over_again_is_told_anew_after_a_minute_and_not_with_every_round()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        var b = await house.NewSchool("b");
        var first = House.Id(await a.Book(new(House.By(), House.Wish(_slot, 1))));
        var second = House.Id(await a.Book(new(House.By(), House.Wish(_slot, 1))));
        House.Must(await a.Book(new(House.By(), House.Wish(_slot, 8))));
        var entry = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 5), 1)));
        var joined = house.Clock.Now;
        house.Clock.Advance(Duration.FromSeconds(59));
        House.Must(await a.Cancel(new(House.By(), first, null)));
        (await house.Ledger.Read.Request(new(entry)))!.PassedOver!.Value.At.ShouldBe(joined);
        house.Clock.Advance(Duration.FromSeconds(1));
        House.Must(await a.Cancel(new(House.By(), second, null)));
        (await house.Ledger.Read.Request(new(entry)))!.PassedOver!.Value.At.ShouldBe(house.Clock.Now);
    }

    [Fact]
    public async Task R09_cancellations_joins_and_walk_ins_at_once_leave_nobody_waiting_who_fits()
    {
        await using var house = await House.Open();
        for (var i = 0; i < 6; i++)
            await house.NewSchool($"s{i}");
        var hour = Duration.FromHours(1);
        List<(string School, Guid Id)> made = [];
        for (var i = 0; i < 20; i++)
            made.Add(($"s{i % 6}", House.Id(await house.School($"s{i % 6}").Book(new(House.By(), House.Wish(_slot + (hour * (i % 2)), 1))))));
        await Task.WhenAll(
            Task.WhenAll(made.Select(booking => house.School(booking.School).Cancel(new(House.By(), booking.Id, null)))),
            Task.WhenAll(Enumerable.Range(0, 30).Select(i => house.School($"s{i % 6}").Join(new(House.By(), House.Wish(_slot + (hour * (i % 2)), 1 + (i % 3)), 1 + (i % 2))))),
            Task.WhenAll(Enumerable.Range(0, 60).Select(i => house.School($"s{i % 6}").Book(new(House.By(), House.Wish(_slot + (hour * (i % 2)), 1))))));
        await house.Tick();
        foreach (var start in new[] { _slot, _slot + hour })
        {
            var free = await house.Free(start);
            free.ShouldBeGreaterThanOrEqualTo(0);
            var waiting = await house.Ledger.Read.Waiting(House.Pool, start, start + Duration.FromMinutes(1));
            waiting.Where(request => request.Seats <= free).ShouldBeEmpty($"{free} seats are free at {start}, and somebody waits who fits");
            var rows = await house.Ledger.Read.BookingsIn(House.Pool, SlotMinutes.Of(start), SlotMinutes.Of(start) + 60, 1_000);
            (10 - free).ShouldBe(rows.Sum(booking => booking.Sitting.Seats));
        }
    }

    private static async Task<RequestStatus> Status(House house, Guid request) => (await house.Ledger.Read.Request(new(request)))!.Status;
}
