using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R11: a refusal for seats is demand that was not met, once for each school, exam and day; it is collected in memory, and bounded there.</summary>
public sealed class R11_RefusedDemand
{
    [Fact]
    public async Task R11_refusals_reach_the_ledger_once_for_each_sitting_with_the_greatest_seats()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a");
        var other = await silo.NewSchool("b");
        var start = TestSilo.Slot(30, 10);
        for (var retry = 0; retry < 3; retry++)
            TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(start + Duration.FromHours(retry), 11 + retry)))).ShouldBe("slot_full");
        TestSilo.Code(await school.Hold(new(TestSilo.By(), TestSilo.Wish(start, 12)))).ShouldBe("slot_full");
        TestSilo.Code(await other.Hold(new(TestSilo.By(), TestSilo.Wish(start, 15)))).ShouldBe("slot_full");
        // A rule that more capacity does not change is no demand, and neither is what was booked.
        TestSilo.Code(await other.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(3, 10), 11)))).ShouldBe("lead_time");
        TestSilo.IsDone(await other.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(40, 10), 4)))).ShouldBeTrue();
        (await Refused(silo)).ShouldBeEmpty();

        await silo.HandOverRefusals();
        (await Refused(silo)).ShouldBe([("a", 13, 12), ("b", 15, 10)]);
        // Fewer seats of the same day change nothing, more do; another day is another sitting.
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(start, 12)))).ShouldBe("slot_full");
        TestSilo.Code(await other.Book(new(TestSilo.By(), TestSilo.Wish(start + Duration.FromHours(5), 16)))).ShouldBe("slot_full");
        TestSilo.Code(await other.Book(new(TestSilo.By(), TestSilo.Wish(start + Duration.FromDays(1), 11)))).ShouldBe("slot_full");
        await silo.HandOverRefusals();
        await silo.HandOverRefusals();
        (await Refused(silo)).ShouldBe([("a", 13, 12), ("b", 11, 10), ("b", 16, 15)]);
        (await Ledger.LedgerCheck.Run(new() { DataDirectory = silo.Folder! }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R11_a_silo_that_stops_in_order_loses_no_refusal()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-refused-").FullName;
        await using (var silo = await TestSilo.Open(folder, keepFolder: true))
        {
            var school = await silo.NewSchool("a");
            TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 10), 11)))).ShouldBe("slot_full");
        }

        await using (var silo = await TestSilo.Open(folder, setUp: false, seasonClock: false))
            (await Refused(silo)).ShouldBe([("a", 11, 10)]);
    }

    [Fact]
    public void R11_the_memory_for_refusals_is_bounded_and_counts_what_it_leaves_out()
    {
        var demand = new RefusedDemand(most: 3);
        var institution = new Institution
        {
            Id = InstitutionId.Of("a"), Name = "a", Zone = DateTimeZone.Utc, LabSeats = 1, Proctors = 1, Onboarding = Onboarding.Complete,
        };
        for (var day = 0; day < 5; day++)
        {
            demand.Note(new(institution, TestSilo.Wish(TestSilo.Slot(30 + day, 10), 5), TestSilo.Start));
            demand.Note(new(institution, TestSilo.Wish(TestSilo.Slot(30 + day, 11), 9), TestSilo.Start));
        }

        var (wishes, leftOut) = demand.Take();
        wishes.Select(wish => (wish.Wish.Start, wish.Wish.Seats)).Order().ShouldBe(Enumerable.Range(30, 3).Select(day => (TestSilo.Slot(day, 11), 9)));
        leftOut.ShouldBe(4);
        demand.Take().Wishes.ShouldBeEmpty();
        Limits.RefusedSittings.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R11_one_transaction_takes_so_many_refused_sittings_and_the_next_the_rest()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        Note(silo, Limits.RefusedSittingsAtOnce + 1, TestSilo.Slot(30, 10));
        await silo.HandOverRefusals();
        var audit = await silo.Ledger.Read.Audit(
            new() { Subject = new(Ledger.SubjectKind.Pool, TestSilo.Wish(TestSilo.Start, 1).Pool.Text), Limit = 100 }, CancellationToken.None);
        audit!.Entries.Count(row => row.Kind == Ledger.ChangeKind.PoolRefusalsCounted).ShouldBe(2);
        var rows = await silo.Ledger.Read.Demand(TestSilo.Slot(20, 0), TestSilo.Slot(35, 0), CancellationToken.None);
        rows.Count(block => block.Kind == DemandKind.Refused).ShouldBe(Limits.RefusedSittingsAtOnce + 1);
    }

    [Fact]
    public async Task R11_a_refused_sitting_is_kept_so_many_days_after_its_start()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        Note(silo, 1, TestSilo.Slot(30, 10));
        await silo.HandOverRefusals();
        silo.Clock.Set(TestSilo.Slot(30 + Limits.RefusedSittingDays, 10));
        Note(silo, 1, TestSilo.Slot(900, 10));
        await silo.HandOverRefusals();
        (await Refused(silo)).Count.ShouldBe(1);
        silo.Clock.Set(TestSilo.Slot(30 + Limits.RefusedSittingDays, 11));
        Note(silo, 1, TestSilo.Slot(901, 10));
        await silo.HandOverRefusals();
        (await Refused(silo)).ShouldBeEmpty();
    }

    /// <summary>Notes one refused sitting for each of so many schools.</summary>
    private static void Note(TestSilo silo, int schools, Instant start)
    {
        for (var i = 0; i < schools; i++)
        {
            var school = new Institution
            {
                Id = InstitutionId.Of($"school-{i}"), Name = "a", Zone = DateTimeZone.Utc, LabSeats = 1, Proctors = 1, Onboarding = Onboarding.Complete,
            };
            silo.Refused.Note(new(school, TestSilo.Wish(start, 5), TestSilo.Start));
        }
    }

    private static async Task<List<(string School, int Seats, int Hour)>> Refused(TestSilo silo)
    {
        var blocks = await silo.Ledger.Read.Demand(TestSilo.Slot(20, 0), TestSilo.Slot(35, 0), CancellationToken.None);
        return
        [
            .. blocks.Where(block => block.Kind == DemandKind.Refused)
                .Select(block => (block.Institution.Text, block.Profile[0], block.Start.InUtc().Hour)).Order(),
        ];
    }
}
