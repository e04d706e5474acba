using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R9: the rounds that offer freed seats to the waitlist: which entries a round asks, and how long walk-ins wait for the round.</summary>
public sealed class R09_WaitlistRounds
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    /// <summary>
    /// Bug: rounds went by UTC days. UTC midnight is in a Canadian evening, so a round served a light entry of the evening before a heavier entry that starts
    /// at UTC midnight.
    /// </summary>
    [Fact]
    public async Task R09_all_entries_that_touch_freed_slots_are_in_one_order_whatever_their_days()
    {
        await using var silo = await TestSilo.Open();
        await silo.Put(LongExam("two-hours", 110));
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        var midnight = TestSilo.Slot(31, 0);
        var id = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(midnight, 10))));
        var light = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 23), 10, exam: "two-hours"), 1)));
        var heavy = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(midnight, 10), 5)));
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), id, null)));
        (await silo.Status(heavy)).ShouldBe(RequestStatus.Placed);
        (await silo.Status(light)).ShouldBe(RequestStatus.Queued);
    }

    [Fact]
    public async Task R09_an_entry_of_forty_hours_is_asked_when_its_last_hour_comes_free()
    {
        await using var silo = await TestSilo.Open();
        await silo.Put(LongExam("ten-hours", 590));
        var a = await silo.NewSchool("a");
        var id = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 0) + Duration.FromHours(39), 10))));
        var entry = TestSilo.Id(await a.Join(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 0), 1, exam: "ten-hours", accommodations: [new(1, 300)]), 1)));
        (await silo.Ledger.Read.Request(new(entry), CancellationToken.None))!.Profile.Slots.ShouldBe(40);
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), id, null)));
        (await silo.Status(entry)).ShouldBe(RequestStatus.Placed);
    }

    /// <summary>Bug: a round asked all entries for the pool on that day, and walk-ins waited for the round.</summary>
    [Fact]
    public async Task R09_an_entry_whose_block_touches_no_freed_slot_is_not_asked()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        var other = TestSilo.Slot(30, 8);
        var freed = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(other, 10))));
        var near = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 10), 1)));
        var far = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(other, 1), 1)));
        var joined = silo.Clock.Now;
        silo.Clock.Advance(Duration.FromMinutes(5));
        TestSilo.Must(await a.Cancel(new(TestSilo.By(), freed, null)));
        (await silo.Status(near)).ShouldBe(RequestStatus.Placed);
        (await silo.Ledger.Read.Request(new(far), CancellationToken.None))!.PassedOver!.Value.At.ShouldBe(joined);
    }

    [Fact]
    public async Task R09_the_seats_of_many_holds_that_lapse_at_once_are_offered_in_one_tick()
    {
        await using var silo = await TestSilo.Open();
        await silo.Put(new PolicyEntry(new() { MaxHolds = 1_000, MaxHeldSeats = 100_000 }));
        var a = await silo.NewSchool("a", vouchers: 5_000);
        for (var i = 0; i < 6; i++)
            await silo.NewSchool($"s{i}", vouchers: 1_000);
        var slots = Enumerable.Range(0, 40).Select(i => TestSilo.Slot(30 + (i / 20), i % 20)).ToList();
        await Task.WhenAll(slots.SelectMany(slot => Enumerable.Range(0, 5).Select(_ => a.Hold(new(TestSilo.By(), TestSilo.Wish(slot, 2))))));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i =>
            silo.School($"s{i % 6}").Join(new(TestSilo.By(), TestSilo.Wish(slots[i % 40], 2), 1 + (i % 3)))));
        silo.Clock.Advance(Duration.FromMinutes(10));
        await silo.Tick();
        var queued = silo.Waitlist.Entries.Count(entry => entry.Status == RequestStatus.Queued);
        queued.ShouldBe(100, "200 lapsed holds of two seats serve 200 of 300 entries of two seats");
        foreach (var slot in slots)
            (await silo.Free(slot)).ShouldBe(0);
    }

    /// <summary>
    /// Bug: seats were freed, and the process was killed before the round. After the next start the first call got the seats that an entry was queued for.
    /// </summary>
    [Fact]
    public async Task R09_after_a_start_the_waitlist_comes_before_the_first_walk_in()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-grains-").FullName;
        await using (var before = await TestSilo.Open(folder, keepFolder: true))
        {
            var a = await before.NewSchool("a");
            var b = await before.NewSchool("b");
            TestSilo.Must(await a.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
            TestSilo.Must(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 10), 1)));
        }

        // The hold lapses and is swept while no silo runs. Only the first check of the waitlist can find the entry that is queued for these seats.
        var clock = new TestClock(TestSilo.Start + Duration.FromMinutes(11));
        await using (var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, clock, NullLoggerFactory.Instance, CancellationToken.None))
            await ledger.SweepHolds(CancellationToken.None);

        await using var after = await TestSilo.Open(folder, clock: clock, setUp: false, seasonClock: false);
        var walkIn = after.School("a").Book(new(TestSilo.By(), TestSilo.Wish(_slot, 10)));
        TestSilo.Must(await after.School("a").Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 11), 10))));
        walkIn.IsCompleted.ShouldBeFalse();
        await after.Check();
        TestSilo.Code(await walkIn).ShouldBe("slot_full");
        after.Waitlist.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task R09_while_a_round_runs_a_walk_in_waits_for_its_end_and_the_waitlist_does_not()
    {
        await using var silo = await TestSilo.Open();
        var slot = silo.Grains.GetGrain<ISlotPoolGrain>($"p/{SlotMinutes.Of(_slot)}");
        var round = Guid.CreateVersion7();
        await slot.BeginRound(round);
        var walkIn = slot.Admit(new(1, SlotAsker.WalkIn, MustBeFresh: false)).AsTask();
        (await slot.Admit(new(1, SlotAsker.Waitlist, MustBeFresh: false))).IsAdmitted.ShouldBeTrue();
        (await slot.Admit(new(11, SlotAsker.WalkIn, MustBeFresh: false))).IsAdmitted.ShouldBeFalse();
        // The slot answers in order, so an answer to the walk-in would arrive before the answers to fifty later calls.
        for (var i = 0; i < 50; i++)
            await slot.Admit(new(0, SlotAsker.WalkIn, MustBeFresh: false));
        walkIn.IsCompleted.ShouldBeFalse();
        await slot.EndRound(round);
        (await walkIn).IsAdmitted.ShouldBeTrue();
    }

    /// <summary>The process that began the round may be killed. Its round must not block walk-ins for ever.</summary>
    [Fact]
    public async Task R09_a_round_that_nobody_ends_is_over_after_ten_seconds()
    {
        await using var silo = await TestSilo.Open();
        var slot = silo.Grains.GetGrain<ISlotPoolGrain>($"p/{SlotMinutes.Of(_slot)}");
        await slot.BeginRound(Guid.CreateVersion7());
        var walkIn = slot.Admit(new(1, SlotAsker.WalkIn, MustBeFresh: false)).AsTask();
        (await slot.Admit(new(1, SlotAsker.Waitlist, MustBeFresh: false))).IsAdmitted.ShouldBeTrue();
        silo.Time.Advance(TimeSpan.FromSeconds(10));
        (await walkIn).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task R09_a_walk_in_that_comes_after_the_ten_seconds_does_not_wait()
    {
        await using var silo = await TestSilo.Open();
        var slot = silo.Grains.GetGrain<ISlotPoolGrain>($"p/{SlotMinutes.Of(_slot)}");
        await slot.BeginRound(Guid.CreateVersion7());
        silo.Time.Advance(TimeSpan.FromSeconds(11));
        (await slot.Admit(new(1, SlotAsker.WalkIn, MustBeFresh: false))).IsAdmitted.ShouldBeTrue();
    }

    private static Exam LongExam(string id, int minutes) => new()
    {
        Id = ExamId.Of(id),
        Programme = "MOS",
        Name = id,
        Minutes = minutes,
        CheckInMinutes = 5,
        ResetMinutes = 5,
        Pools = [TestSilo.Pool],
        Modes = [DeliveryMode.Lab],
    };
}
