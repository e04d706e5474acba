using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>Many calls at once, grains thrown away under them: what the rows say must add up.</summary>
public sealed class HerdTests
{
    private static readonly Instant _slot = House.Slot(30, 10);

    [Fact]
    public async Task R04_cancelling_and_resizing_one_booking_at_once_frees_its_seats_once()
    {
        await using var house = await House.Open();
        var school = await house.NewSchool("a");
        for (var round = 0; round < 20; round++)
        {
            var slot = House.Slot(30, round);
            House.Must(await school.Book(new(House.By(), House.Wish(slot, 3))));
            var id = House.Id(await school.Book(new(House.By(), House.Wish(slot, 6))));
            await Task.WhenAll(
                school.Resize(new(House.By(), id, 2, null, null)), school.Cancel(new(House.By(), id, null)), school.Resize(new(House.By(), id, 7, null, null)),
                school.Cancel(new(House.By(), id, null)));
            (await house.Free(slot)).ShouldBe(7);
        }

        await Packs(house, "a", 1000);
    }

    [Fact]
    public async Task R12_two_bookings_at_once_do_not_exceed_the_fair_share_together()
    {
        await using var house = await House.Open();
        await house.Put(new SeasonEntry(new(SeasonId.Of("s"), "s", new(2026, 3, 1), new(2026, 6, 1), 14, 0.5m, null)));
        var school = await house.NewSchool("a");
        for (var round = 0; round < 20; round++)
        {
            var slot = House.Slot(40, round);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => school.Book(new(House.By(), House.Wish(slot, 2)))));
            answers.Count(answer => !answer.IsProblem).ShouldBe(2);
            answers.Where(answer => answer.IsProblem).Select(House.Code).ShouldAllBe(code => code == "fair_share");
        }
    }

    [Fact]
    public async Task R03_a_herd_of_everything_with_grains_thrown_away_under_it_adds_up()
    {
        await using var house = await House.Open();
        for (var i = 0; i < 6; i++)
            await house.NewSchool($"s{i}", vouchers: 300);
        var thrown = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async actor =>
        {
            var random = new Random(actor);
            var school = house.School($"s{actor % 6}");
            List<Guid> bookings = [];
            List<Guid> holds = [];
            for (var i = 0; i < 25; i++)
            {
                var wish = House.Wish(_slot + Duration.FromHours(random.Next(3)), random.Next(1, 4), accommodations: random.Next(3) == 0 ? [new(1, 100)] : []);
                switch (random.Next(8))
                {
                    case < 3 when Id(await school.Book(new(House.By(), wish))) is { } booked: bookings.Add(booked); break;
                    case 3 when Id(await school.Hold(new(House.By(), wish))) is { } held: holds.Add(held); break;
                    case 4 when holds.Count > 0: await school.Confirm(new(House.By(), holds[random.Next(holds.Count)])); break;
                    case 5 when holds.Count > 0: await school.Release(new(House.By(), holds[random.Next(holds.Count)])); break;
                    case 6 when bookings.Count > 0: await school.Cancel(new(House.By(), bookings[random.Next(bookings.Count)], null)); break;
                    case 7 when bookings.Count > 0: await school.Reschedule(new(House.By(), bookings[random.Next(bookings.Count)], wish.Start, null)); break;
                }

                if (actor == 0 && i % 5 == 0)
                {
                    await house.ThrowGrainsAway();
                    thrown++;
                }
            }
        }));
        thrown.ShouldBe(5);
        for (var hour = 0; hour < 6; hour++)
        {
            var minutes = SlotMinutes.Of(_slot + Duration.FromHours(hour));
            var row = await house.Ledger.Read.Slot(new(House.Pool, minutes));
            var rows = await house.Ledger.Read.BookingsIn(House.Pool, minutes, minutes + 60, 10_000);
            row.Booked.ShouldBe(rows.Sum(booking => SeatsAt(booking.Sitting, minutes)));
            row.Held.ShouldBe(row.Holds.Sum(hold => hold.Seats));
            (row.Booked + row.Held).ShouldBeLessThanOrEqualTo(row.Capacity);
            var look = await house.Grains.GetGrain<ISlotPoolGrain>($"p/{minutes}").Look();
            look.Free.ShouldBe(row.Capacity - row.Booked - row.Held);
        }

        for (var i = 0; i < 6; i++)
            await Packs(house, $"s{i}", 300);
    }

    private static int SeatsAt(Sitting sitting, int minutes)
    {
        var k = minutes - SlotMinutes.Of(sitting.Start);
        return k >= 0 ? sitting.Profile[k / 60] : 0;
    }

    private static Guid? Id(Answer answer) => answer.IsProblem ? null : House.Id(answer);

    private static async Task Packs(House house, string school, int bought)
    {
        var state = (await house.Ledger.Read.Institution(InstitutionId.Of(school), house.Clock.Now)).State;
        var taken = state.Bookings.Values.Select(booking => booking.Sitting).Concat(state.Holds.Values.Select(hold => hold.Sitting)).Sum(sitting => sitting.Seats);
        state.Packs.Values.Sum(pack => pack.Remaining).ShouldBe(bought - taken);
    }
}
