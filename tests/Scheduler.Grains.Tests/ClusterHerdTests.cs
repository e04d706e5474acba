using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Several whole silos on one PostgreSQL database: as one cluster, and as two that know nothing of each other, so that every grain lives twice.</summary>
public sealed class ClusterHerdTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly Instant[] _hot = [House.Slot(30, 10), House.Slot(30, 11), House.Slot(30, 12)];

    [Fact]
    public async Task R03_a_herd_over_three_silos_fills_hot_slots_to_the_last_seat_and_each_silo_sees_the_others_catalogue()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var first = await Silo(database, "one", furnish: true);
        await using var second = await Silo(database, "one");
        await using var third = await Silo(database, "one");
        await Herd(database, [first, second, third]);
    }

    [Fact]
    public async Task R03_two_clusters_on_one_database_overbook_nothing_and_lose_nothing()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var first = await Silo(database, "one", furnish: true);
        await using var second = await Silo(database, "two");
        await Herd(database, [first, second]);
    }

    private static Task<House> Silo(string database, string cluster, bool furnish = false) =>
        House.Open(settings: new() { ConnectionString = database }, clusterId: cluster, furnish: furnish);

    private async Task Herd(string database, House[] silos)
    {
        string[] schools = ["s0", "s1", "s2", "s3", "s4", "s5"];
        foreach (var school in schools)
            await silos[0].NewSchool(school, proctors: 50);
        // A booking of two seats each, five times what there is room for; every fourth is cancelled and its seats are taken again.
        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(async i =>
        {
            var school = silos[i % silos.Length].School(schools[i % schools.Length]);
            var answer = await Busy(() => school.Book(new(House.By(key: $"k{i}"), House.Wish(_hot[i % _hot.Length], 2))));
            if (!answer.IsProblem && i % 4 == 0)
                House.Must(await Busy(() => silos[(i + 1) % silos.Length].School(schools[i % schools.Length]).Cancel(new(House.By(), House.Id(answer), null))));
            return (Index: i, Answer: answer);
        }));
        answers.Where(one => one.Answer.IsProblem).Select(one => House.Code(one.Answer)).Distinct().ShouldBe(["slot_full"]);

        var kept = answers.Where(one => !one.Answer.IsProblem && one.Index % 4 != 0).Select(one => House.Id(one.Answer)).ToHashSet();
        foreach (var slot in _hot)
        {
            var rows = await silos[0].Ledger.Read.BookingsIn(House.Pool, SlotMinutes.Of(slot), SlotMinutes.Of(slot) + 60, 1_000);
            var row = await silos[0].Ledger.Read.Slot(new(House.Pool, SlotMinutes.Of(slot)));
            row.Booked.ShouldBe(rows.Sum(booking => booking.Sitting.Seats));
            row.Booked.ShouldBeLessThanOrEqualTo(10);
            kept.ExceptWith(rows.Select(booking => booking.Id.Value));
        }

        kept.ShouldBeEmpty("acknowledged and lost");

        // A repeat at another silo gets the first answer.
        foreach (var (index, answer) in answers.Where(one => !one.Answer.IsProblem).Take(10))
        {
            var again = await silos[(index + 1) % silos.Length].School(schools[index % schools.Length]).Book(new(House.By(key: $"k{index}"), House.Wish(_hot[index % _hot.Length], 2)));
            again.Text.ShouldBe(answer.Text);
            again.IsReplayed.ShouldBeTrue();
        }

        (await server.Sql(PostgresServer.NameOf(database), "select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe("0");
    }

    /// <summary>Too much at once is an honest answer too: then the caller comes back, with the same key.</summary>
    private static async Task<Answer> Busy(Func<Task<Answer>> call)
    {
        var answer = await call();
        while (answer.Status is 429 or 503)
            answer = await call();
        return answer;
    }
}
