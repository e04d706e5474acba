using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Many calls at once while grains are collected: the sums over the rows must be right.</summary>
public sealed class HerdTests
{
    private static readonly Instant _slot = TestSilo.Slot(30, 10);

    [Fact]
    public async Task R04_cancelling_and_resizing_one_booking_at_once_frees_its_seats_once()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a");
        for (var round = 0; round < 20; round++)
        {
            var slot = TestSilo.Slot(30, round);
            TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(slot, 3))));
            var id = TestSilo.Id(await school.Book(new(TestSilo.By(), TestSilo.Wish(slot, 6))));
            await Task.WhenAll(
                school.Resize(new(TestSilo.By(), id, 2, null, null)),
                school.Cancel(new(TestSilo.By(), id, null)),
                school.Resize(new(TestSilo.By(), id, 7, null, null)),
                school.Cancel(new(TestSilo.By(), id, null)));
            (await silo.Free(slot)).ShouldBe(7);
        }

        await Packs(silo, "a", 1000);
    }

    [Fact]
    public async Task R12_two_bookings_at_once_do_not_exceed_the_fair_share_together()
    {
        await using var silo = await TestSilo.Open();
        await silo.Put(new SeasonEntry(new(SeasonId.Of("s"), "s", new(2026, 3, 1), new(2026, 6, 1), 14, 0.5m, null)));
        var school = await silo.NewSchool("a");
        for (var round = 0; round < 20; round++)
        {
            var slot = TestSilo.Slot(40, round);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => school.Book(new(TestSilo.By(), TestSilo.Wish(slot, 2)))));
            answers.Count(TestSilo.IsDone).ShouldBe(2);
            answers.Where(answer => !TestSilo.IsDone(answer)).Select(TestSilo.Code).ShouldAllBe(code => code == "fair_share");
        }
    }

    [Fact]
    public async Task R03_the_sums_are_right_after_many_calls_of_all_kinds_while_grains_are_collected()
    {
        await using var silo = await TestSilo.Open();
        for (var i = 0; i < 6; i++)
            await silo.NewSchool($"s{i}", vouchers: 300);
        var collections = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async actor =>
        {
            var random = new Random(actor);
            var school = silo.School($"s{actor % 6}");
            List<Guid> bookings = [];
            List<Guid> holds = [];
            for (var i = 0; i < 25; i++)
            {
                var start = _slot + Duration.FromHours(random.Next(3));
                var wish = TestSilo.Wish(start, random.Next(1, 4), accommodations: random.Next(3) == 0 ? [new(1, 100)] : []);
                switch (random.Next(8))
                {
                    case < 3 when Id(await school.Book(new(TestSilo.By(), wish))) is { } booked: bookings.Add(booked); break;
                    case 3 when Id(await school.Hold(new(TestSilo.By(), wish))) is { } held: holds.Add(held); break;
                    case 4 when holds.Count > 0: await school.Confirm(new(TestSilo.By(), holds[random.Next(holds.Count)])); break;
                    case 5 when holds.Count > 0: await school.Release(new(TestSilo.By(), holds[random.Next(holds.Count)])); break;
                    case 6 when bookings.Count > 0: await school.Cancel(new(TestSilo.By(), bookings[random.Next(bookings.Count)], null)); break;
                    case 7 when bookings.Count > 0: await school.Reschedule(new(TestSilo.By(), bookings[random.Next(bookings.Count)], wish.Start, null)); break;
                }

                if (actor == 0 && i % 5 == 0)
                {
                    await silo.CollectIdleGrains();
                    collections++;
                }
            }
        }));
        collections.ShouldBe(5);
        for (var hour = 0; hour < 6; hour++)
        {
            var minutes = SlotMinutes.Of(_slot + Duration.FromHours(hour));
            var row = await silo.Ledger.Read.Slot(new(TestSilo.Pool, minutes), CancellationToken.None);
            var rows = await silo.Ledger.Read.BookingsIn(new(TestSilo.Pool, minutes, minutes + 60), 10_000, CancellationToken.None);
            row.Booked.ShouldBe(rows.Sum(booking => SeatsAt(booking.Sitting, minutes)));
            row.Held.ShouldBe(row.Holds.Sum(hold => hold.Seats));
            (row.Booked + row.Held).ShouldBeLessThanOrEqualTo(row.Capacity);
            var look = await silo.Grains.GetGrain<ISlotPoolGrain>($"p/{minutes}").Admit(new(0, SlotAsker.WalkIn, MustBeFresh: true));
            look.Free.ShouldBe(row.Capacity - row.Booked - row.Held);
        }

        for (var i = 0; i < 6; i++)
            await Packs(silo, $"s{i}", 300);
    }

    private static int SeatsAt(Sitting sitting, int minutes)
    {
        var k = minutes - SlotMinutes.Of(sitting.Start);
        return k >= 0 ? sitting.Profile[k / 60] : 0;
    }

    private static Guid? Id<T>(CommandResult<T> result)
        where T : Snapshot => TestSilo.IsDone(result) ? TestSilo.Id(result) : null;

    private static async Task Packs(TestSilo silo, string school, int bought)
    {
        var state = (await silo.Ledger.Read.Institution(InstitutionId.Of(school), silo.Clock.Now, 0, CancellationToken.None)).State;
        var taken = state.Bookings.Values.Sum(booking => booking.Sitting.Seats) + state.Holds.Values.Sum(hold => hold.Sitting.Seats);
        state.Packs.Values.Sum(pack => pack.Remaining).ShouldBe(bought - taken);
    }
}
