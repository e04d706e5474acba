using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>The connection breaks at the commit of a plan: the plan is applied whole or not at all, and its caller gets the true outcome.</summary>
[Collection(PostgresTests.Name)]
public sealed class PlanAnswersLost(PostgresServer server)
{
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task R13_a_lost_answer_of_a_plans_application_is_found_out(Cut where)
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database(PostgresLedgerTests.Prepare);
        await using var proxy = new CuttingProxy(database);
        await using var ledger = await SeatLedger.Open(
            new() { ConnectionString = proxy.ConnectionString, Committers = 1 }, _clock, NullLoggerFactory.Instance, Token);
        var season = new PlanSeason(ledger, _clock.Now);
        await season.Make(hours: 3, capacity: 30, schools: 2);
        var (one, other) = (await season.Book(1, 0, 30), await season.Book(2, 1, 30));
        ImmutableArray<PlanEntry> entries = [PlanSeason.Move(one, 1), PlanSeason.Move(other, 0)];
        var plan = await season.Ready(entries);
        var application = await season.Application(plan, entries);
        var received = new List<FeedChange>();
        using var listening = ledger.Feed.Subscribe(changes => received.AddRange(changes));
        var cut = proxy.At("COMMIT\0", where);
        var outcome = await ledger.Commit(application, Token);
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        var applied = outcome.ShouldBeOfType<CommitOutcome.Committed>().Applied.ShouldNotBeNull();
        (applied.Plan.Applied, applied.Plan.Version).ShouldBe((2, 2));
        (await ledger.Read.Plan(plan.Id, Token))!.Status.ShouldBe(PlanStatus.Applied);
        (await ledger.Read.Booking(one.Id, Token))!.Version.ShouldBe(2);
        received.Select(change => change.Institution).ShouldBe([null, Making.School(1), Making.School(2)]);
        (await LedgerCheck.Run(new() { ConnectionString = database }, Token)).ShouldBeEmpty();
        // The committer goes on.
        await season.Book(1, 2, 3);
    }
}
