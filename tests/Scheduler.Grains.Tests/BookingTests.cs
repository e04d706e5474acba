using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

public sealed class BookingTests
{
    private static readonly Instant _slot = House.Slot(30, 10);

    [Fact]
    public async Task R03_a_booking_takes_its_seats_and_a_full_slot_names_what_else_is_free()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        var booked = House.Must(await school.Book(new(House.By(), House.Wish(_slot, 7))));
        booked.Status.ShouldBe(201);
        House.Member(booked, "status").GetString().ShouldBe("confirmed");
        (await house.Free(_slot)).ShouldBe(3);

        var refused = await school.Book(new(House.By(), House.Wish(_slot, 4)));
        House.Code(refused).ShouldBe("slot_full");
        House.Member(refused, "slots")[0].GetProperty("freeSeats").GetInt32().ShouldBe(3);
        House.Member(refused, "slots")[0].GetProperty("missing").GetInt32().ShouldBe(1);
        var alternatives = House.Member(refused, "alternatives");
        alternatives.GetArrayLength().ShouldBe(5);
        var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse(alternatives[0].GetProperty("start").GetString()!).Value;
        House.Must(await school.Book(new(House.By(), House.Wish(start, 4))));
    }

    [Fact]
    public async Task R03_a_herd_fills_a_hot_slot_to_the_last_seat_and_not_beyond()
    {
        await using var house = await House.Open();
        for (var i = 0; i < 8; i++)
            await house.NewSchool($"s{i}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => house.School($"s{i % 8}").Book(new(House.By(), House.Wish(_slot, 1)))));
        answers.Count(answer => answer.Status == 201).ShouldBe(10);
        answers.Count(answer => answer.Status == 409).ShouldBe(190);
        (await house.Free(_slot)).ShouldBe(0);
    }

    [Fact]
    public async Task R04_a_reschedule_counts_its_own_seats_as_free_and_a_refused_one_changes_nothing()
    {
        await using var house = await House.Open();
        await house.Put(new Exam
        {
            Id = ExamId.Of("long"), Programme = "MOS", Name = "Long", Minutes = 110, CheckInMinutes = 5, ResetMinutes = 5, Pools = [House.Pool], Modes = [DeliveryMode.Lab],
        });
        var school = await house.NewSchool("a");
        var id = House.Id(await school.Book(new(House.By(), House.Wish(_slot, 10, exam: "long"))));
        var hour = Duration.FromHours(1);
        House.Must(await school.Reschedule(new(House.By(), id, _slot + hour, null)));
        (await house.Free(_slot)).ShouldBe(10);
        (await house.Free(_slot + hour)).ShouldBe(0);
        (await house.Free(_slot + hour + hour)).ShouldBe(0);

        House.Must(await school.Book(new(House.By(), House.Wish(_slot, 1))));
        House.Code(await school.Reschedule(new(House.By(), id, _slot, null))).ShouldBe("slot_full");
        (await house.Ledger.Read.Booking(new(id)))!.Sitting.Start.ShouldBe(_slot + hour);
        (await house.Free(_slot)).ShouldBe(9);
    }

    [Fact]
    public async Task R09_what_is_cancelled_goes_to_the_first_of_the_waitlist_that_fits()
    {
        await using var house = await House.Open();
        var a = await house.NewSchool("a");
        var b = await house.NewSchool("b");
        var c = await house.NewSchool("c");
        var id = House.Id(await a.Book(new(House.By(), House.Wish(_slot, 4))));
        House.Must(await a.Book(new(House.By(), House.Wish(_slot, 6))));
        var big = House.Id(await b.Join(new(House.By(), House.Wish(_slot, 5), 1)));
        var small = House.Id(await c.Join(new(House.By(), House.Wish(_slot, 3), 1)));

        House.Must(await a.Cancel(new(House.By(), id, null)));

        (await house.Ledger.Read.Request(new(small)))!.Status.ShouldBe(RequestStatus.Placed);
        var passedOver = (await house.Ledger.Read.Request(new(big)))!;
        passedOver.Status.ShouldBe(RequestStatus.Queued);
        passedOver.PassedOver!.Value.Why.ShouldBe("slot_full");
        (await house.Free(_slot)).ShouldBe(1);
        House.Must(await a.Book(new(House.By(), House.Wish(_slot, 1))));
    }

    [Fact]
    public async Task R10_a_hold_is_held_before_its_instant_and_free_from_it_on()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        var hold = House.Id(await school.Hold(new(House.By(), House.Wish(_slot, 10))));
        house.Clock.Set(House.Start + Duration.FromMinutes(10) - Duration.FromTicks(1));
        House.Code(await school.Book(new(House.By(), House.Wish(_slot, 1)))).ShouldBe("slot_full");
        house.Clock.Advance(Duration.FromTicks(1));
        House.Must(await school.Book(new(House.By(), House.Wish(_slot, 10))));
        House.Code(await school.Confirm(new(House.By(), hold))).ShouldBe("hold_lapsed");
        (await house.Free(_slot)).ShouldBe(0);
    }

    [Fact]
    public async Task R10_confirming_turns_the_hold_into_a_booking_once()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        var hold = House.Id(await school.Hold(new(House.By(), House.Wish(_slot, 6))));
        House.Must(await school.Confirm(new(House.By(), hold))).Status.ShouldBe(201);
        House.Code(await school.Confirm(new(House.By(), hold))).ShouldBe("hold_confirmed");
        (await house.Free(_slot)).ShouldBe(4);
        House.Must(await school.Book(new(House.By(), House.Wish(_slot, 4))));
        House.Code(await school.Book(new(House.By(), House.Wish(_slot, 1)))).ShouldBe("slot_full");
    }

    [Fact]
    public async Task R10_a_capacity_set_over_a_hold_that_has_just_lapsed_is_done_and_seen()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        House.Must(await school.Hold(new(House.By(), House.Wish(_slot, 10))));
        house.Clock.Set(House.Start + Duration.FromMinutes(10));
        House.Must(await house.Capacity(_slot, 1, 5));
        (await house.Free(_slot)).ShouldBe(5);
        house.Ledger.Picture.TryGet(new(House.Pool, SlotMinutes.Of(_slot)), out var capacity, out var taken).ShouldBeTrue();
        (capacity, taken).ShouldBe((5, 0));
    }

    [Fact]
    public async Task R13_an_operators_key_for_a_schools_api_key_is_found_again_in_the_ledger()
    {
        await using var house = await House.Open();
        await house.NewSchool("a");
        House.Must(await house.Operator.MakeKey(new(House.By(key: "k"), new string('a', 64), Role.Viewer, "a", "n")));
        (await house.Ledger.Read.CatalogueAnswers(house.Clock.Now)).Keys.ShouldContain(("someone", "k"));
    }

    [Fact]
    public async Task R13_a_repeat_gets_the_first_answer_and_other_content_is_refused()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => school.Book(new(House.By(key: "k"), House.Wish(_slot, 2)))));
        answers.Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        (await house.Free(_slot)).ShouldBe(8);
        House.Code(await school.Book(new(House.By(key: "k", hash: "other"), House.Wish(_slot, 3)))).ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task R03_capacity_below_what_is_booked_is_refused_and_forcing_records_the_shortfall()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        var id = House.Id(await school.Book(new(House.By(), House.Wish(_slot, 8))));
        var refused = await house.Capacity(_slot, 1, 5);
        House.Code(refused).ShouldBe("capacity_below_booked");
        House.Member(refused, "bookings")[0].GetString().ShouldBe(id.ToString());
        var forced = House.Must(await house.Capacity(_slot, 1, 5, force: true));
        House.Member(forced, "shortfall")[0].GetProperty("seats").GetInt32().ShouldBe(3);
        House.Code(await school.Book(new(House.By(), House.Wish(_slot, 1)))).ShouldBe("slot_full");
        House.Must(await school.Cancel(new(House.By(), id, null)));
        House.Must(await school.Book(new(House.By(), House.Wish(_slot, 5))));
    }
}
