using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>Availability for a need says exactly what a booking that is posted at once gets.</summary>
public sealed class NeedTests
{
    /// <summary>
    /// A school with few proctors, workstations and vouchers, a season with a fair share, closed and nearly full hours, and random wishes: each row of the
    /// answer is compared with a booking that is posted for its start, and cancelled again.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task R02_to_R12_a_need_fits_exactly_where_a_booking_posted_at_once_is_made(int seed)
    {
        var random = new Random(seed);
        await using var silo = await TestSilo.Open();
        await silo.NewSchool("other");
        var school = await silo.NewSchool("tight", vouchers: 0, labSeats: 7, proctors: 1);
        TestSilo.Must(await school.AddPack(new(TestSilo.By(), "MOS", 300, new LocalDate(2025, 3, 28))));
        TestSilo.Must(await school.AddPack(new(TestSilo.By(), "MOS", 6, new LocalDate(2026, 4, 1))));
        await silo.Put(new PolicyEntry(Policy.Default with { HorizonDays = 34, CandidatesPerProctor = 5 }));
        await silo.Put(new SeasonEntry(new(SeasonId.Of("s"), "S", new(2026, 3, 25), new(2026, 3, 31), 10, 0.4m, null)));
        await silo.Put(new SeasonEntry(new(SeasonId.Of("c"), "C", new(2026, 4, 3), new(2026, 4, 3), 10, 1m, TestSilo.Slot(20, 0))));
        await silo.Put(new Exam
        {
            Id = ExamId.Of("long"), Programme = "MOS", Name = "Long", Minutes = 100, CheckInMinutes = 5, ResetMinutes = 5, Pools = [TestSilo.Pool],
            Modes = [DeliveryMode.Lab],
        });
        for (var i = 0; i < 60; i++)
            await silo.Capacity(Slot(random), 1, random.Next(9), force: true);
        for (var i = 0; i < 360; i++)
            await silo.School(i % 6 == 0 ? "tight" : "other").Book(new(TestSilo.By(), TestSilo.Wish(Slot(random), random.Next(1, 6))));

        var codes = new HashSet<string>();
        for (var i = 0; i < 12; i++)
        {
            Accommodation[] groups = random.Next(2) == 0 ? [] : [new(1, 100)];
            var wish = TestSilo.Wish(default, random.Next(1, 8), (DeliveryMode)random.Next(2), random.Next(3) == 0 ? "long" : "e", groups);
            var rows = (await school.Fits(new(wish, TestSilo.Slot(0, 0), TestSilo.Slot(36, 0)))).ShouldNotBeNull().Starts;
            rows.Select(row => row.Minutes).ShouldBe(Enumerable.Range(0, 36 * 24).Select(hour => SlotMinutes.Of(TestSilo.Slot(0, hour))));
            var busy = rows.Where(row => row.Minutes >= SlotMinutes.Of(TestSilo.Slot(15, 0)) && row.Minutes / 60 % 24 is >= 8 and < 14).ToArray();
            foreach (var row in random.GetItems(rows.AsSpan(), 40).Concat(random.GetItems(busy, 40)).DistinctBy(row => row.Minutes))
            {
                var answer = await school.Book(new(TestSilo.By(), wish with { Start = SlotMinutes.ToInstant(row.Minutes) }));
                (TestSilo.IsDone(answer) ? null : TestSilo.Code(answer)).ShouldBe(row.WhyNot, $"{wish} at {SlotMinutes.ToInstant(row.Minutes)}");
                codes.Add(row.WhyNot ?? "fits");
                if (row.WhyNot is null)
                    TestSilo.Must(await school.Cancel(new(TestSilo.By(), TestSilo.Id(answer), null)));
            }
        }

        string[] common = ["past", "lead_time", "horizon", "collecting", "lab_seats_exceeded", "vouchers_short", "slot_full", "fits"];
        codes.ShouldBeSubsetOf([.. common, "mode_not_offered", "proctors_exceeded", "fair_share", "closed"]);
        common.ShouldBeSubsetOf(codes);
    }

    /// <summary>An override of the wish, a lapsed hold and the school's own hold.</summary>
    [Fact]
    public async Task R10_a_lapsed_hold_is_free_for_a_need_from_its_instant_on_and_an_override_does_not_count()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("a", vouchers: 12);
        var start = TestSilo.Slot(30, 10);
        TestSilo.Must(await school.Hold(new(TestSilo.By(), TestSilo.Wish(start, 10))));
        (await WhyNot(3, start)).ShouldBe("vouchers_short");
        (await WhyNot(2, start)).ShouldBe("slot_full");
        silo.Clock.Advance(Duration.FromMinutes(10));
        (await WhyNot(10, start)).ShouldBeNull();
        (await WhyNot(1, TestSilo.Slot(3, 10))).ShouldBe("lead_time");
        (await silo.School("nobody").Fits(new(TestSilo.Wish(default, 1), start, start + Duration.FromHours(1)))).ShouldBeNull();

        async Task<string?> WhyNot(int seats, Instant at)
        {
            var wish = TestSilo.Wish(default, seats) with { OverrideReason = "storm" };
            return (await school.Fits(new(wish, at, at + Duration.FromHours(1))))!.Starts.ShouldHaveSingleItem().WhyNot;
        }
    }

    private static Instant Slot(Random random) => TestSilo.Slot(15 + random.Next(18), 8 + random.Next(6));
}
