using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>
/// Several silos on one PostgreSQL database: as one cluster, and as two clusters that do not know each other, so that every grain has two activations.
/// </summary>
public sealed class ClusterHerdTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly Instant[] _hot = [TestSilo.Slot(30, 10), TestSilo.Slot(30, 11), TestSilo.Slot(30, 12)];

    [Fact]
    public async Task R03_many_callers_at_three_silos_fill_slots_to_the_last_seat_and_each_silo_sees_the_others_catalogue()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var first = await Silo(database, "one", setUp: true);
        await using var second = await Silo(database, "one");
        await using var third = await Silo(database, "one");
        await Herd(database, [first, second, third]);
    }

    [Fact]
    public async Task R03_two_clusters_on_one_database_overbook_nothing_and_lose_nothing()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var first = await Silo(database, "one", setUp: true);
        await using var second = await Silo(database, "two");
        await Herd(database, [first, second]);
    }

    private static Task<TestSilo> Silo(string database, string cluster, bool setUp = false) =>
        TestSilo.Open(settings: new() { ConnectionString = database }, clusterId: cluster, setUp: setUp);

    private async Task Herd(string database, TestSilo[] silos)
    {
        string[] schools = ["s0", "s1", "s2", "s3", "s4", "s5"];
        foreach (var school in schools)
            await silos[0].NewSchool(school, proctors: 50);
        // Each caller books two seats, in all ten times the seats that there are. Every fourth booking is cancelled, and its seats are taken again.
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(async i =>
        {
            var school = silos[i % silos.Length].School(schools[i % schools.Length]);
            var answer = await Busy(() => school.Book(new(TestSilo.By(key: $"k{i}"), TestSilo.Wish(_hot[i % _hot.Length], 2))));
            if (TestSilo.IsDone(answer) && i % 4 == 0)
            {
                var elsewhere = silos[(i + 1) % silos.Length].School(schools[i % schools.Length]);
                TestSilo.Must(await Busy(() => elsewhere.Cancel(new(TestSilo.By(), TestSilo.Id(answer), null))));
            }

            return (Index: i, Answer: answer);
        }));
        answers.Where(one => !TestSilo.IsDone(one.Answer)).Select(one => TestSilo.Code(one.Answer)).Distinct().ShouldBe(["slot_full"]);

        var kept = answers.Where(one => TestSilo.IsDone(one.Answer) && one.Index % 4 != 0).Select(one => TestSilo.Id(one.Answer)).ToHashSet();
        foreach (var slot in _hot)
        {
            var minutes = SlotMinutes.Of(slot);
            var rows = await silos[0].Ledger.Read.BookingsIn(new(TestSilo.Pool, minutes, minutes + 60), 1_000, CancellationToken.None);
            var row = await silos[0].Ledger.Read.Slot(new(TestSilo.Pool, minutes), CancellationToken.None);
            row.Booked.ShouldBe(rows.Sum(booking => booking.Sitting.Seats));
            row.Booked.ShouldBeLessThanOrEqualTo(10);
            kept.ExceptWith(rows.Select(booking => booking.Id.Value));
        }

        kept.ShouldBeEmpty("acknowledged and lost");

        // A repeat at another silo gets the first answer.
        foreach (var (index, answer) in answers.Where(one => TestSilo.IsDone(one.Answer)).Take(10))
        {
            var elsewhere = silos[(index + 1) % silos.Length].School(schools[index % schools.Length]);
            var repeat = await elsewhere.Book(new(TestSilo.By(key: $"k{index}"), TestSilo.Wish(_hot[index % _hot.Length], 2)));
            ValueText.Of(TestSilo.Must(repeat)).ShouldBe(ValueText.Of(TestSilo.Must(answer)));
            repeat.ShouldBeOfType<CommandResult<BookingSnapshot>.Done>().IsReplay.ShouldBeTrue();
        }

        (await server.Sql(PostgresServer.NameOf(database), "select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe("0");
    }

    /// <summary>A busy silo may refuse a call. The caller then repeats the call with the same key.</summary>
    private static async Task<CommandResult<BookingSnapshot>> Busy(Func<Task<CommandResult<BookingSnapshot>>> call)
    {
        var answer = await call();
        while (answer is CommandResult<BookingSnapshot>.Busy or CommandResult<BookingSnapshot>.Unavailable)
            answer = await call();
        return answer;
    }
}
