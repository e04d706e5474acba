using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R11: the clock removes the files of plans after their time. The plan, its record and the reasons of its requests stay.</summary>
public sealed class R11_OldPlanFiles
{
    private static readonly Duration _kept = Duration.FromDays(Limits.PlanFileDays);

    [Fact]
    public async Task R11_files_go_after_their_time_and_a_plan_that_can_still_be_applied_keeps_them()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var failed = await Put(silo, PlanStatus.Failed, Duration.FromDays(30));
        var near = await Put(silo, PlanStatus.Ready, Duration.FromDays(30));
        var far = await Put(silo, PlanStatus.Ready, Duration.FromDays(150));
        silo.Clock.Set(TestSilo.Start + _kept);
        await Run(silo);
        (await Kept(silo, failed), await Kept(silo, near), await Kept(silo, far)).ShouldBe((true, true, true));
        silo.Clock.Set(TestSilo.Start + _kept + Duration.FromHours(1));
        await Run(silo);
        await Run(silo);
        (await Kept(silo, failed), await Kept(silo, near), await Kept(silo, far)).ShouldBe((false, false, true));
        (await Status(silo, failed), await Status(silo, near), await Status(silo, far)).ShouldBe((PlanStatus.Failed, PlanStatus.Cancelled, PlanStatus.Ready));
        (await Kinds(silo, failed)).ShouldBe([ChangeKind.PlanMade, ChangeKind.PlanFilesRemoved]);
        (await Kinds(silo, near)).ShouldBe([ChangeKind.PlanMade, ChangeKind.PlanCancelled]);
        var reasons = await silo.Ledger.Read.PlanReasons([new(failed.Value)], CancellationToken.None);
        reasons.ShouldHaveSingleItem().Plan.ShouldBe(failed);
        (await LedgerCheck.Run(new() { DataDirectory = silo.Folder! }, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R11_many_plans_that_keep_their_files_do_not_keep_the_files_of_a_younger_plan()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        // One more than one run looks at. All of them can still be applied.
        for (var i = 0; i <= 100; i++)
            await Put(silo, PlanStatus.Ready, Duration.FromDays(300));
        var young = await Put(silo, PlanStatus.Failed, Duration.FromDays(30));
        silo.Clock.Set(TestSilo.Start + _kept + Duration.FromHours(1));
        await Run(silo);
        (await Kept(silo, young)).ShouldBeFalse();
    }

    private static Task Run(TestSilo silo) => silo.Grains.GetGrain<IClockworkGrain>(0).Run();

    private static async Task<PlanId> Put(TestSilo silo, PlanStatus status, Duration scope)
    {
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = status, Scope = new([TestSilo.Pool], TestSilo.Start, TestSilo.Start + scope, 1, false), MadeBy = "operator",
            MadeAt = TestSilo.Start, EndedAt = TestSilo.Start,
        };
        // The reason of a request whose id is the plan's.
        var reason = new PlanReason(new(plan.Id.Value), plan.Id, TestSilo.Start, "capacity", []);
        var outcome = await silo.Ledger.Commit(
            PlanChanges.Of(
                ChangeKind.PlanMade, null, plan, TestSilo.By(), TestSilo.Start, new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write([])),
                new RowWrite.PlanReasons([reason], [])),
            CancellationToken.None);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        return plan.Id;
    }

    private static async Task<bool> Kept(TestSilo silo, PlanId plan) =>
        await silo.Ledger.Read.PlanFile(plan, PlanFileKind.Entries, CancellationToken.None) is not null;

    private static async Task<PlanStatus> Status(TestSilo silo, PlanId plan) => (await silo.Ledger.Read.Plan(plan, CancellationToken.None))!.Status;

    private static async Task<IEnumerable<ChangeKind>> Kinds(TestSilo silo, PlanId plan)
    {
        var page = await silo.Ledger.Read.Audit(new() { Subject = new(SubjectKind.Plan, plan.ToString()) }, CancellationToken.None);
        return page!.Entries.Select(row => row.Kind);
    }
}
