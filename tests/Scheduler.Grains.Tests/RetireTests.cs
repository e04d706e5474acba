using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>What operators retire: refused while something to come rests on it, and offered no more from then on, whoever calls at the same moment.</summary>
public sealed class RetireTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly Instant _start = TestSilo.Slot(30, 9);

    [Fact]
    public async Task R10_a_live_hold_keeps_its_pool_and_a_lapsed_one_does_not()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("s");
        var hold = TestSilo.Must(await school.Hold(new(TestSilo.By(), TestSilo.Wish(_start, 2)))).Hold;
        TestSilo.Refusal<Refusal.InUse>(await Retire(silo, Pool(silo))).Touches.Holds.ShouldBe([hold.Id]);
        silo.Clock.Set(hold.ExpiresAt);
        TestSilo.Must(await Retire(silo, Pool(silo)));
        TestSilo.Refusal<Refusal.Retired>(await school.Book(new(TestSilo.By(), TestSilo.Wish(_start, 2)))).Kind.ShouldBe("pool");
        TestSilo.Code(await school.Confirm(new(TestSilo.By(), hold.Id.Value))).ShouldBe("hold_lapsed");
    }

    [Fact]
    public async Task R09_a_waiting_entry_keeps_its_exam_until_it_is_withdrawn()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("s");
        // One far hour has more seats than the entry needs, so that the entry may wait.
        TestSilo.Must(await silo.Capacity(TestSilo.Slot(60, 9), 1, 20));
        var request = TestSilo.Id(await school.Join(new(TestSilo.By(), TestSilo.Wish(_start, 11), 1)));
        TestSilo.Refusal<Refusal.InUse>(await Retire(silo, Exam(silo))).Touches.Requests.ShouldBe([new RequestId(request)]);
        TestSilo.Must(await school.Withdraw(new(TestSilo.By(), request)));
        TestSilo.Must(await Retire(silo, Exam(silo)));
        TestSilo.Code(await school.Join(new(TestSilo.By(), TestSilo.Wish(_start, 11), 1))).ShouldBe("retired");
    }

    [Fact]
    public async Task R16_a_season_that_still_collects_requests_is_in_use_and_a_retired_one_counts_no_more()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("s");
        var season = new SeasonEntry(new(
            SeasonId.Of("peak"), "peak", new(2026, 3, 20), new(2026, 4, 20), 29, 0.1m, TestSilo.Start + Duration.FromDays(2)));
        await silo.Put(season);
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(_start, 1)))).ShouldBe("collecting");
        var request = TestSilo.Id(await school.Join(new(TestSilo.By(), TestSilo.Wish(_start, 1), 1)));
        TestSilo.Refusal<Refusal.InUse>(await Retire(silo, season)).Touches.Requests.ShouldBe([new RequestId(request)]);
        silo.Clock.Advance(Duration.FromDays(2));
        // The entry is served when the season no longer holds it back.
        TestSilo.Code(await school.Book(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 12), 1)))).ShouldBe("lead_time");
        TestSilo.Must(await Retire(silo, season));
        (await silo.Status(request)).ShouldBe(RequestStatus.Placed);
        TestSilo.Must(await school.Book(new(TestSilo.By(), TestSilo.Wish(_start, 5))));
    }

    [Fact]
    public async Task What_is_retired_takes_no_packs_no_keys_and_no_capacity()
    {
        await using var silo = await TestSilo.Open();
        var school = await silo.NewSchool("s");
        await silo.Put(new Pool(PoolId.Of("spare"), "spare", DateTimeZone.Utc, "i"));
        TestSilo.Must(await Retire(silo, School(silo, "s")));
        TestSilo.Must(await Retire(silo, silo.Catalogue.Current.Pools[PoolId.Of("spare")].Value));
        TestSilo.Code(await school.AddPack(new(TestSilo.By(), "MOS", 5, new(2026, 3, 1)))).ShouldBe("retired");
        TestSilo.Code(await silo.Operator.MakeKey(new(TestSilo.By(), "hash", Role.Viewer, "s", "n"))).ShouldBe("retired");
        TestSilo.Code(await silo.Operator.SetException(
            new(TestSilo.By(), "spare", TestSilo.Slot(60, 9), TestSilo.Slot(60, 10), 5, false, null))).ShouldBe("retired");
        TestSilo.Code(await silo.Operator.SetTemplate(
            new(TestSilo.By(), "spare", new(new(2026, 4, 1), new(2026, 4, 2), []), false, null))).ShouldBe("retired");
    }

    /// <summary>Bug: the API checked the two against each other on its own copy, and the commit did not.</summary>
    [Fact]
    public async Task R02_a_season_and_a_shorter_horizon_at_the_same_moment_leave_no_season_beyond_the_horizon()
    {
        await using var silo = await TestSilo.Open();
        var policy = silo.Catalogue.Current.Policy.Value;
        for (var round = 0; round < 10; round++)
        {
            var season = new SeasonEntry(new(SeasonId.Of($"s{round}"), "s", new(2026, 5, 1), new(2026, 5, 9), 60, 0.5m, null));
            var made = silo.Operator.Put(new(TestSilo.By(), season));
            var lowered = silo.Operator.Put(new(TestSilo.By(), new PolicyEntry(policy with { HorizonDays = 50 })));
            string[] codes = [TestSilo.Code(await made), TestSilo.Code(await lowered)];
            codes.Count(code => code == "horizon_too_short").ShouldBe(1);
            await silo.Put(new SeasonEntry(season.Season with { LeadTimeDays = 1 }));
            await silo.Put(new PolicyEntry(policy));
        }
    }

    [Fact]
    public async Task A_board_is_retired_after_its_schools()
    {
        await using var silo = await TestSilo.Open();
        await silo.NewSchool("board");
        await silo.NewSchool("s");
        var board = School(silo, "board");
        var school = School(silo, "s").Institution with { Board = board.Institution.Id };
        await silo.Put(new InstitutionEntry(school));
        TestSilo.Refusal<Refusal.InUse>(await Retire(silo, board)).Institutions.ShouldBe([school.Id]);
        TestSilo.Must(await Retire(silo, School(silo, "s")));
        TestSilo.Must(await Retire(silo, board));
        var back = TestSilo.Refusal<Refusal.Retired>(await silo.Operator.Put(new(TestSilo.By(), new InstitutionEntry(school))));
        (back.Kind, back.Id).ShouldBe(("institution", "board"));
        await silo.Put(board);
        await silo.Put(new InstitutionEntry(school));
    }

    [Fact]
    public async Task Of_bookings_and_a_retirement_at_the_same_moment_no_booking_rests_on_what_is_retired()
    {
        await using var silo = await TestSilo.Open();
        await Race(silo, silo);
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_bookings_in_one_cluster_and_a_retirement_in_another_no_booking_rests_on_what_is_retired()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var settings = new LedgerSettings { ConnectionString = await server.Database() };
        await using var one = await TestSilo.Open(settings: settings, clusterId: "left");
        await using var two = await TestSilo.Open(settings: settings, clusterId: "right", setUp: false);
        await Race(one, two);
        (await LedgerCheck.Run(settings, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_one_silo_has_retired_is_refused_at_once_by_another()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var settings = new LedgerSettings { ConnectionString = await server.Database() };
        await using var one = await TestSilo.Open(settings: settings, clusterId: "left");
        // Time stands still for the feed of the second silo, so its copy of the catalogue stays old.
        await using var two = await TestSilo.Open(settings: settings with { Time = new FakeTimeProvider() }, clusterId: "right", setUp: false);
        await one.NewSchool("s");
        await two.Catalogue.Refresh();
        var free = TestSilo.Id(await two.School("s").Book(new(TestSilo.By(), TestSilo.Wish(_start, 1))));
        TestSilo.Must(await two.School("s").Cancel(new(TestSilo.By(), free, null)));
        TestSilo.Must(await Retire(one, Exam(one)));
        TestSilo.Refusal<Refusal.Retired>(await two.School("s").Book(new(TestSilo.By(), TestSilo.Wish(_start, 1)))).Id.ShouldBe("e");
    }

    /// <summary>Books in one silo and retires in another at the same moment, again and again. Each time either the bookings or the retirement hold.</summary>
    private static async Task Race(TestSilo booking, TestSilo retiring)
    {
        for (var i = 0; i < 3; i++)
            await booking.NewSchool($"s{i}");
        await retiring.Catalogue.Refresh();
        var retired = 0;
        for (var round = 0; round < 12; round++)
        {
            var exam = Exam(booking) with { Id = ExamId.Of($"exam-{round}"), Retired = null };
            await booking.Put(exam);
            await retiring.Catalogue.Refresh();
            var wish = TestSilo.Wish(TestSilo.Slot(30 + round, 9), 1, exam: exam.Id.Text);
            // From one round to the next the retirement comes later among the bookings.
            var calls = new List<Task<CommandResult<BookingSnapshot>>>();
            Task<CommandResult<EntrySnapshot>>? retirement = null;
            for (var i = 0; i < 6; i++)
            {
                if (i == round % 6)
                    retirement = Retire(retiring, exam);
                if (i == 0 && round % 6 == 0)
                    await retirement!;
                calls.Add(booking.School($"s{i % 3}").Book(new(TestSilo.By(), wish)));
            }

            var outcome = await retirement!;
            var made = (await Task.WhenAll(calls)).Where(TestSilo.IsDone).ToList();
            foreach (var call in calls.Where(call => !TestSilo.IsDone(call.Result)))
                TestSilo.Code(call.Result).ShouldBe("retired");
            var rows = (await booking.Ledger.Read.ToCome(new() { Exam = exam.Id }, booking.Clock.Now, CancellationToken.None)).Touches;
            rows.BookingCount.ShouldBe(made.Count);
            if (TestSilo.IsDone(outcome))
            {
                retired++;
                made.ShouldBeEmpty("no booking rests on the retired exam");
            }
            else
            {
                TestSilo.Code(outcome).ShouldBe("in_use");
                made.Count.ShouldBe(6);
            }
        }

        retired.ShouldBeGreaterThanOrEqualTo(2, "in some rounds the retirement comes first");
    }

    private static Task<CommandResult<EntrySnapshot>> Retire(TestSilo silo, CatalogueEntry entry) => silo.Operator.Retire(new(TestSilo.By(), entry));

    private static Pool Pool(TestSilo silo) => silo.Catalogue.Current.Pools[TestSilo.Pool].Value;

    private static Exam Exam(TestSilo silo) => silo.Catalogue.Current.Exams[TestSilo.Exam].Value;

    private static InstitutionEntry School(TestSilo silo, string id) => new(silo.Catalogue.Current.Institutions[InstitutionId.Of(id)].Value);
}
