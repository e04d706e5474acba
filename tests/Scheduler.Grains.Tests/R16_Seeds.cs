using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R16: a season that collects requests has a seed, which nothing shows before the opening's plan is applied.</summary>
public sealed class R16_Seeds
{
    private static readonly SeasonId _id = SeasonId.Of("finals");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A ledger of an earlier version has a season that collects and no seed.</summary>
    [Fact]
    public async Task R16_the_clockwork_draws_the_seed_of_a_season_that_was_stored_before_there_were_seeds()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var entry = new SeasonEntry(Finals(TestSilo.Start + Duration.FromDays(9)));
        var outcome = await silo.Ledger.Commit(
            new()
            {
                Record = new() { At = TestSilo.Start, Who = "start", Kind = ChangeKind.SeasonPut, Subject = _id.Text, After = new EntrySnapshot(entry, 1) },
                Rows = [new RowWrite.CataloguePut(entry, 1)],
            },
            Token);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        await silo.Catalogue.Refresh();
        (await Season(silo)).SeedHash.ShouldBeNull();
        for (var tick = 0; tick < 2; tick++)
            await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        var drawn = await Season(silo);
        OpeningSeed.Hash((await Seed(silo, drawn.SeedHash!))!).ShouldBe(drawn.SeedHash);
        (await silo.Ledger.Read.Catalogue(Token)).Seasons[_id].Version.ShouldBe(2);
    }

    [Fact]
    public async Task R16_a_seed_stays_until_it_is_shown_and_another_opening_gets_another()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        await silo.Put(new SeasonEntry(Finals(null)));
        (await Season(silo)).SeedHash.ShouldBeNull();
        await silo.Put(new SeasonEntry(Finals(TestSilo.Start + Duration.FromDays(3))));
        var first = (await Season(silo)).SeedHash!;
        // A caller neither names a hash nor draws again.
        await silo.Put(new SeasonEntry(Finals(TestSilo.Start + Duration.FromDays(4)) with { SeedHash = new string('0', 64) }));
        await silo.Put(new SeasonEntry(Finals(null)));
        await silo.Put(new SeasonEntry(Finals(TestSilo.Start + Duration.FromDays(5))));
        (await Season(silo)).SeedHash.ShouldBe(first);
        var seed = (await Seed(silo, first))!;
        foreach (var row in (await silo.Ledger.Read.Audit(new() { Subject = new(SubjectKind.Season, _id.Text) }, Token))!.Entries)
            ValueText.Of(row).ShouldNotContain(seed);

        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Applied, MadeBy = "start", MadeAt = TestSilo.Start,
            Scope = new([TestSilo.Pool], TestSilo.Start, TestSilo.Start + Duration.FromDays(9), 30, false) { Opening = new(_id, first, IsWhole: true) },
        };
        (await silo.Ledger.Commit(PlanChanges.Of(ChangeKind.PlanMade, null, plan, TestSilo.By(), TestSilo.Start), Token))
            .ShouldBeOfType<CommitOutcome.Committed>();
        await silo.Put(new SeasonEntry(Finals(TestSilo.Start + Duration.FromDays(6))));
        var second = (await Season(silo)).SeedHash!;
        second.ShouldNotBe(first);
        (await Seed(silo, second)).ShouldNotBe(seed);
    }

    private static Season Finals(Instant? until) => new(_id, "Finals", new(2026, 5, 1), new(2026, 5, 9), 21, 0.25m, until);

    private static async Task<Season> Season(TestSilo silo) => (await silo.Ledger.Read.Catalogue(Token)).Seasons[_id].Value;

    private static async Task<string?> Seed(TestSilo silo, string hash) =>
        (await silo.Ledger.Read.PrivateRow(PrivateKind.OpeningSeed, hash, Token))?.Body;
}
