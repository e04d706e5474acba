using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Several silos on one PostgreSQL: as one cluster, and as two that do not know of each other, so that every grain lives twice.</summary>
public sealed class ClusterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Schools = 6;
    private static readonly Instant[] _hot = [.. Enumerable.Range(0, 4).Select(hour => House.Slot(30, 9 + hour))];

    [Fact]
    public async Task R03_three_silos_of_one_cluster_fill_hot_slots_to_the_last_seat()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var one = await Open(database, "trio", furnish: true);
        await using var two = await Open(database, "trio");
        await using var three = await Open(database, "trio");
        for (var i = 0; i < Schools; i++)
            await one.NewSchool($"s{i}");
        await Task.WhenAll(two.Catalogue.Refresh(), three.Catalogue.Refresh());
        await Herd(one, two, three);
        await MustAddUp(database);
    }

    [Fact]
    public async Task R03_two_clusters_that_know_nothing_of_each_other_overbook_nothing_and_lose_nothing()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var one = await Open(database, "left", furnish: true);
        await using var two = await Open(database, "right");
        for (var i = 0; i < Schools; i++)
            await one.NewSchool($"s{i}");
        await two.Catalogue.Refresh();
        await Herd(one, two);
        await MustAddUp(database);
    }

    [Fact]
    public async Task R13_a_key_used_in_one_cluster_is_known_in_another()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var one = await Open(database, "left", furnish: true);
        await using var two = await Open(database, "right");
        await one.NewSchool("s0");
        await two.Catalogue.Refresh();
        // Both queues are in memory before the key is used, so the second knows it only from the ledger.
        House.Must(await two.School("s0").Book(new(House.By(), House.Wish(_hot[0], 1))));
        var first = House.Must(await one.School("s0").Book(new(House.By(key: "k"), House.Wish(_hot[1], 2))));
        var again = House.Must(await two.School("s0").Book(new(House.By(key: "k"), House.Wish(_hot[1], 2))));
        again.Text.ShouldBe(first.Text);
        (await one.Free(_hot[1])).ShouldBe(8);
    }

    [Fact]
    public async Task R15_what_one_silo_acknowledged_is_there_for_the_next_call_at_another()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var one = await Open(database, "left", furnish: true);
        // Time stands still for this one's feed: it neither polls nor follows a call, and believes to be fresh for ever. Whatever it knows of the other it has asked for.
        await using var two = await House.Open(settings: new() { ConnectionString = database, Time = new FakeTimeProvider() }, furnish: false, clusterId: "right");

        await one.NewSchool("s", vouchers: 0);
        House.Must(await two.School("s").AddPack(new(House.By(), "MOS", 100, new(2026, 1, 1))));

        var exam = one.Catalogue.Current.Exams[House.Exam].Value;
        await one.Put(exam with { Id = ExamId.Of("later") });
        House.Must(await two.School("s").Book(new(House.By(), House.Wish(_hot[0], 1, exam: "later"))));

        House.Code(await two.School("s").Book(new(House.By(), House.Wish(House.Slot(10, 9), 1)))).ShouldBe("lead_time");
        await one.Put(new PolicyEntry(one.Catalogue.Current.Policy.Value with { LeadTimeDays = 7 }));
        House.Must(await two.School("s").Book(new(House.By(), House.Wish(House.Slot(10, 9), 1))));

        await one.Put(new Pool(PoolId.Of("q"), "Q", DateTimeZone.Utc, "office"));
        House.Must(await two.Operator.SetException(new(House.By(), "q", _hot[0], _hot[1], 5, false, null)));

        var key = House.Id(await one.Operator.MakeKey(new(House.By(), "hash", Role.Instructor, "s", "key")));
        (await two.Operator.RevokeKey(new(House.By(), key))).Status.ShouldBe(204);
    }

    private static Task<House> Open(string database, string clusterId, bool furnish = false) =>
        House.Open(settings: new() { ConnectionString = database }, furnish: furnish, clusterId: clusterId);

    /// <summary>Twenty callers a silo, each wanting one seat of each hot slot: forty seats in all, to the last, and every refusal is of a slot that is full.</summary>
    private static async Task Herd(params House[] houses)
    {
        var answers = await Task.WhenAll(houses.SelectMany((house, h) => Enumerable.Range(0, 20 * _hot.Length).Select(
            i => house.School($"s{(i + h) % Schools}").Book(new(House.By(), House.Wish(_hot[i % _hot.Length], 1))))));
        answers.Count(answer => answer.Status == 201).ShouldBe(_hot.Length * 10);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => House.Code(answer) == "slot_full");
        foreach (var slot in _hot)
            (await houses[0].Free(slot)).ShouldBe(0);
    }

    private static async Task MustAddUp(string database) =>
        (await LedgerCheck.Run(new() { ConnectionString = database }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
}
