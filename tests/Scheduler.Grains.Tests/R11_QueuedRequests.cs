using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R11: how many flexible requests may wait, and what the season clock does with those that are over.</summary>
public sealed class R11_QueuedRequests
{
    private static readonly RequestWindow _window = new(new(2026, 4, 1), new(2026, 4, 3), [], 0, 1_440);

    [Fact]
    public async Task R11_the_clock_ends_a_request_that_is_over_once_and_tells_the_school()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a");
        var request = TestSilo.Id(await school.Join(Join(5)));
        // The last day is 3 April: on 20 March it leaves 14 days, and on 21 March 13.
        silo.Clock.Set(Instant.FromUtc(2026, 3, 20, 23, 0));
        await silo.EndRequests();
        (await silo.Status(request)).ShouldBe(RequestStatus.Queued);
        (await Notices(silo)).ShouldBeEmpty();
        silo.Clock.Set(Instant.FromUtc(2026, 3, 21, 1, 0));
        await silo.EndRequests();
        await silo.EndRequests();
        (await silo.Status(request)).ShouldBe(RequestStatus.Expired);
        var notice = (await Notices(silo)).ShouldHaveSingleItem();
        (notice.FullSubject, notice.Who).ShouldBe(($"request/{request}", "scheduler"));
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder! }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R11_a_queue_takes_so_many_flexible_requests_and_no_more()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a");
        var results = await Task.WhenAll(Enumerable.Range(0, Limits.QueuedRequests + 1).Select(_ => school.Join(Join(1))));
        results.Count(TestSilo.IsDone).ShouldBe(Limits.QueuedRequests);
        var refused = results.Single(result => !TestSilo.IsDone(result));
        TestSilo.Refusal<Refusal.QueueFull>(refused).MaxQueued.ShouldBe(Limits.QueuedRequests);
        // A place that is given up is free again.
        TestSilo.Must(await school.Withdraw(new(TestSilo.By(), TestSilo.Id(results.First(TestSilo.IsDone)))));
        TestSilo.IsDone(await school.Join(Join(1))).ShouldBeTrue();
    }

    [Fact]
    public async Task R11_the_reading_of_a_queue_ends_when_its_caller_has_gone()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a");
        var request = TestSilo.Must(await school.Join(Join(5))).Request;
        var rows = await silo.Ledger.Read.Institution(InstitutionId.Of("a"), silo.Clock.Now, 0, CancellationToken.None);
        var catalogue = silo.Catalogue.Current;
        var basis = new DecisionBasis(catalogue.Institutions[InstitutionId.Of("a")].Value, rows.State, catalogue, silo.Clock.Now);
        RequestStandings.All(silo.Ledger.Picture, basis, [request.Id.Value], CancellationToken.None).Standings.ShouldHaveSingleItem();
        Should.Throw<OperationCanceledException>(
            () => RequestStandings.All(silo.Ledger.Picture, basis, [request.Id.Value], new CancellationToken(canceled: true)));
    }

    private static JoinCommand Join(int seats) => new(TestSilo.By(), TestSilo.Wish(Instant.FromUtc(2026, 4, 2, 10, 0), seats), 1, [_window]);

    private static async Task<List<AuditRow>> Notices(TestSilo silo)
    {
        var page = await silo.Ledger.Read.Notices(InstitutionId.Of("a"), null, 100, CancellationToken.None);
        return [.. page!.Entries.Where(row => row.Kind == ChangeKind.RequestExpired)];
    }
}
