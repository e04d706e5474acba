using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>One school's commands at a silo: their answers, and the rows that they leave.</summary>
public sealed class BookingTests
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    [Fact]
    public async Task R03_a_booking_takes_its_seats_and_the_refusal_of_a_full_slot_names_alternatives()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var booked = TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 7))));
        booked.Booking.Status.ShouldBe(BookingStatus.Confirmed);
        (await silo.Free(_slot)).ShouldBe(3);

        var refused = await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 4)));
        var full = TestSilo.Refusal<Refusal.SlotFull>(refused);
        full.Slots.ShouldBe([new SlotRoom(_slot, 3, 1)]);
        full.Alternatives.Length.ShouldBe(5);
        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(full.Alternatives[0].Start, 4))));
    }

    [Fact]
    public async Task R03_many_callers_at_once_fill_a_slot_to_the_last_seat_and_not_beyond()
    {
        await using var silo = await TestSilo.Open();
        for (var i = 0; i < 8; i++)
            await silo.NewSchool($"s{i}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => silo.School($"s{i % 8}").Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1)))));
        answers.Count(TestSilo.IsDone).ShouldBe(10);
        answers.Where(answer => !TestSilo.IsDone(answer)).Select(TestSilo.Code).Distinct().ShouldBe(["slot_full"]);
        (await silo.Free(_slot)).ShouldBe(0);
    }

    [Fact]
    public async Task R04_a_reschedule_counts_its_own_seats_as_free_and_a_refused_one_changes_nothing()
    {
        await using var silo = await TestSilo.Open();
        await silo.Put(new Exam
        {
            Id = ExamId.Of("long"),
            Programme = "MOS",
            Name = "Long",
            Minutes = 110,
            CheckInMinutes = 5,
            ResetMinutes = 5,
            Pools = [TestSilo.Pool],
            Modes = [DeliveryMode.Lab],
        });
        var school = await silo.NewSchool("a");
        var id = TestSilo.Id(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 10, exam: "long"))));
        var hour = Duration.FromHours(1);
        TestSilo.Must(await school.Reschedule(new(TestSilo.By(), id, _slot + hour, null)));
        (await silo.Free(_slot)).ShouldBe(10);
        (await silo.Free(_slot + hour)).ShouldBe(0);
        (await silo.Free(_slot + hour + hour)).ShouldBe(0);

        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1))));
        TestSilo.Code(await school.Reschedule(new(TestSilo.By(), id, _slot, null))).ShouldBe("slot_full");
        (await silo.Ledger.Read.Booking(new(id), CancellationToken.None))!.Sitting.Start.ShouldBe(_slot + hour);
        (await silo.Free(_slot)).ShouldBe(9);
    }

    [Fact]
    public async Task R09_cancelled_seats_go_to_the_first_waitlist_entry_that_fits()
    {
        await using var silo = await TestSilo.Open();
        var a = await silo.NewSchool("a");
        var b = await silo.NewSchool("b");
        var c = await silo.NewSchool("c");
        var id = TestSilo.Id(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 4))));
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 6))));
        var big = TestSilo.Id(await b.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 5), 1)));
        var small = TestSilo.Id(await c.Join(new(TestSilo.By(), TestSilo.Wish(_slot, 3), 1)));

        TestSilo.Must(await a.Cancel(new(TestSilo.By(), id, null)));

        (await silo.Ledger.Read.Request(new(small), CancellationToken.None))!.Status.ShouldBe(RequestStatus.Placed);
        var passedOver = (await silo.Ledger.Read.Request(new(big), CancellationToken.None))!;
        passedOver.Status.ShouldBe(RequestStatus.Queued);
        passedOver.PassedOver!.Value.Why.ShouldBe("slot_full");
        (await silo.Free(_slot)).ShouldBe(1);
        TestSilo.Must(await a.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1))));
    }

    [Fact]
    public async Task R10_a_hold_keeps_its_seats_until_its_expiry_and_frees_them_from_then_on()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var hold = TestSilo.Id(await school.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        silo.Clock.Set(TestSilo.Start + Duration.FromMinutes(10) - Duration.FromTicks(1));
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1)))).ShouldBe("slot_full");
        silo.Clock.Advance(Duration.FromTicks(1));
        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        TestSilo.Code(await school.Confirm(new(TestSilo.By(), hold))).ShouldBe("hold_lapsed");
        (await silo.Free(_slot)).ShouldBe(0);
    }

    [Fact]
    public async Task R10_confirming_turns_the_hold_into_a_booking_once()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var hold = TestSilo.Id(await school.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 6))));
        TestSilo.Must(await school.Confirm(new(TestSilo.By(), hold)));
        TestSilo.Code(await school.Confirm(new(TestSilo.By(), hold))).ShouldBe("hold_confirmed");
        (await silo.Free(_slot)).ShouldBe(4);
        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 4))));
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1)))).ShouldBe("slot_full");
    }

    [Fact]
    public async Task R10_a_capacity_below_a_hold_that_has_just_lapsed_is_set_and_shown()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        TestSilo.Must(await school.Hold(new(TestSilo.By(), TestSilo.Wish(_slot, 10))));
        silo.Clock.Set(TestSilo.Start + Duration.FromMinutes(10));
        TestSilo.Must(await silo.Capacity(_slot, 1, 5));
        (await silo.Free(_slot)).ShouldBe(5);
        silo.Ledger.Picture.Look(new(TestSilo.Pool, SlotMinutes.Of(_slot)), silo.Clock.Now).ShouldBe(new SlotView(5, 5, false));
    }

    [Fact]
    public async Task R13_the_idempotency_key_of_a_call_that_makes_an_api_key_is_in_the_ledger()
    {
        await using var silo = await TestSilo.Open();
        await silo.NewSchool("a");
        TestSilo.Must(await silo.Operator.MakeKey(new(TestSilo.By(key: "k"), new string('a', 64), Role.Viewer, "a", "n")));
        var catalogue = await silo.Ledger.Read.CatalogueKeys(silo.Clock.Now, 0, CancellationToken.None);
        catalogue.Keys.ShouldContain(key => key.Caller == "someone" && key.Key == "k");
    }

    [Fact]
    public async Task R13_the_same_call_makes_another_api_key_once_the_idempotency_key_is_too_old()
    {
        await using var silo = await TestSilo.Open();
        await silo.NewSchool("a");
        var first = TestSilo.Must(await silo.Operator.MakeKey(new(TestSilo.By(key: "k"), new string('a', 64), Role.Viewer, "a", "n")));
        silo.Clock.Set(TestSilo.Start + Duration.FromDays(Limits.IdempotencyKeyDays) + Duration.FromMinutes(1));
        var second = TestSilo.Must(await silo.Operator.MakeKey(new(TestSilo.By(key: "k"), new string('b', 64), Role.Viewer, "a", "n")));
        ((ApiKey)second.Entry).Id.ShouldNotBe(((ApiKey)first.Entry).Id);
    }

    [Fact]
    public async Task R13_a_repeat_gets_the_first_answer_and_other_content_is_refused()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => school.Book(new(TestSilo.By(key: "k"), TestSilo.Wish(_slot, 2)))));
        answers.Select(answer => ValueText.Of(TestSilo.Must(answer))).Distinct().Count().ShouldBe(1);
        answers.Count(answer => answer is CommandResult<BookingSnapshot>.Done { IsReplay: false }).ShouldBe(1);
        (await silo.Free(_slot)).ShouldBe(8);
        (await school.Book(new(TestSilo.By(key: "k", hash: "other"), TestSilo.Wish(_slot, 3)))).ShouldBeOfType<CommandResult<BookingSnapshot>.KeyReused>();
    }

    [Fact]
    public async Task R03_capacity_below_what_is_booked_is_refused_and_forcing_records_the_shortfall()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        var id = TestSilo.Id(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 8))));
        var refused = await silo.Capacity(_slot, 1, 5);
        TestSilo.Refusal<Refusal.CapacityBelowBooked>(refused).Bookings.ShouldBe([new BookingId(id)]);
        TestSilo.Must(await silo.Capacity(_slot, 1, 5, force: true)).Shortfalls.ShouldBe([new Shortfall(SlotMinutes.Of(_slot), 3)]);
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 1)))).ShouldBe("slot_full");
        TestSilo.Must(await school.Cancel(new(TestSilo.By(), id, null)));
        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_slot, 5))));
    }

    [Fact]
    public async Task R01_a_pool_that_has_slots_keeps_its_zone_and_one_without_may_change_it()
    {
        await using var silo = await TestSilo.Open();
        var zone = DateTimeZoneProviders.Tzdb["Asia/Kolkata"];
        var refused = await silo.Operator.Put(new(TestSilo.By(), new Pool(TestSilo.Pool, "Pool", zone, "office")));
        TestSilo.Refusal<Refusal.PoolZoneFixed>(refused).Zone.ShouldBe("UTC");
        var fresh = new Pool(PoolId.Of("fresh"), "Fresh", DateTimeZone.Utc, "office");
        await silo.Put(fresh);
        await silo.Put(fresh with { Zone = zone });
    }
}
