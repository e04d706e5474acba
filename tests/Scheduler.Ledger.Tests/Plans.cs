using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Plans, their files and their reasons in the ledger.</summary>
public abstract partial class LedgerContract
{
    private static readonly PoolId _otherPool = PoolId.Of("design-ca");

    [Fact]
    public async Task A_plan_comes_back_with_its_files_and_its_place_in_the_list()
    {
        var plan = Making.Plan(PlanId.New(), PlanStatus.Running, 1, Making.Pool, _otherPool);
        await Done(Making.Put(Now, plan));
        Texts.Of(await Ledger.Read.Plan(plan.Id, Token)).ShouldBe(Texts.Of(plan));
        (await Ledger.Read.RunningPlans(Token)).Select(running => running.Id).ShouldBe([plan.Id]);
        ImmutableArray<PlanEntry> entries =
        [
            new PlanEntry.Placement(RequestId.New(), 2, Making.Pool, Making.Start, 30, [new(2, 50)]) { Institution = Making.School(1) },
            new PlanEntry.Move(BookingId.New(), 1, Making.Start, Making.Slot(3).Start)
            {
                Institution = Making.School(2), Request = RequestId.New(), RequestVersion = 4,
            },
            new PlanEntry.Placement(RequestId.New(), 2, Making.Pool, Making.Start, 30, [])
            {
                Institution = Making.School(1), Vouchers = [new(PackId.New(), 12), new(PackId.New(), 18)],
            },
        ];
        var ready = plan with
        {
            Status = PlanStatus.Ready,
            Version = 2,
            EndedAt = Now,
            Parts = 1,
            Stale = [new(entries[1], "slot_full")],
            Cause = "“Zoë”",
        };
        byte[] instance = [0, 255, 1, 0];
        await Done(Making.Put(
            Now, ready, null, new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(entries)),
            new RowWrite.PlanFile(plan.Id, PlanFileKind.Instance, PlanEntriesText.Compress(instance))));
        await Done(Making.Put(Now, ready with { Version = 3 }, null, new RowWrite.PlanFile(plan.Id, PlanFileKind.Plan, [])));
        await Reopen();
        Texts.Of(await Ledger.Read.Plan(plan.Id, Token)).ShouldBe(Texts.Of(ready with { Version = 3 }));
        Texts.Of(PlanEntriesText.Read((await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Entries, Token))!.Value)).ShouldBe(Texts.Of(entries));
        PlanEntriesText.Expand((await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Instance, Token))!.Value).ShouldBe(instance);
        (await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Plan, Token))!.Value.ShouldBeEmpty();
        (await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Result, Token)).ShouldBeNull();
        (await Ledger.Read.Plan(PlanId.New(), Token)).ShouldBeNull();
        (await Ledger.Read.RunningPlans(Token)).ShouldBeEmpty();
        var rows = (await Ledger.Read.Audit(new() { Subject = new(SubjectKind.Plan, plan.Id.ToString()) }, Token))!.Entries;
        rows.Select(row => row.Kind).ShouldBe([ChangeKind.PlanMade, ChangeKind.PlanEnded, ChangeKind.PlanEnded]);
        rows[0].FullSubject.ShouldBe($"plan/{plan.Id}");
    }

    /// <summary>R16: only an applied plan of the whole opening ends the opening, and its lots outlive its other files.</summary>
    [Fact]
    public async Task R16_the_plan_of_an_opening_is_found_by_the_hash_and_keeps_its_lots()
    {
        ImmutableArray<RequestId> order = [RequestId.New(), RequestId.New()];
        var opening = new PlanOpening(SeasonId.Of("finals"), "ab12", IsWhole: true);
        var part = Opened(opening with { IsWhole = false }, PlanStatus.Applied);
        await Done(Making.Put(Now, part));
        await Done(Making.Put(Now, Opened(opening with { SeedHash = "cd34" }, PlanStatus.Applied)));
        var plan = Opened(opening, PlanStatus.Ready);
        await Done(Making.Put(
            Now, plan, null, new RowWrite.PlanFile(plan.Id, PlanFileKind.Lots, LotsText.Write(order)),
            new RowWrite.PlanFile(plan.Id, PlanFileKind.Plan, [1])));
        (await Ledger.Read.OpeningPlan("ab12", Token)).ShouldBeNull();
        await Done(Making.Put(Now, plan with { Status = PlanStatus.Applied, Version = 2, EndedAt = Now }));
        Texts.Of((await Ledger.Read.OpeningPlan("ab12", Token))!.Scope).ShouldBe(Texts.Of(plan.Scope));
        await Done(Making.Put(Now, plan with { Status = PlanStatus.Applied, Version = 3, EndedAt = Now }, null, new RowWrite.PlanFilesRemoved(plan.Id)));
        await Reopen();
        (await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Plan, Token)).ShouldBeNull();
        LotsText.Read((await Ledger.Read.PlanFile(plan.Id, PlanFileKind.Lots, Token))!.Value).ShouldBe(order);
        (await Ledger.Read.PlansWithOldFiles(Now + Duration.FromDays(1), Now, 9, Token)).ShouldNotContain(old => old.Id == plan.Id);

        static PlanRow Opened(PlanOpening opening, PlanStatus status)
        {
            var made = Making.Plan(PlanId.New(), status, 1);
            return made with { Scope = made.Scope with { Opening = opening } };
        }
    }

    [Fact]
    public void The_entries_of_an_earlier_version_name_no_request_and_no_vouchers()
    {
        const string stored = """
            [{"institution":"s-1","booking":"01946000-0000-7000-8000-000000000003","version":2,"from":"2027-03-22T13:00:00Z","start":"2027-03-22T14:00:00Z"},
             {"institution":"s-1","request":"01946000-0000-7000-8000-000000000004","version":1,"pool":"office-ca","start":"2027-03-22T14:00:00Z","seats":8}]
            """;
        var entries = PlanEntriesText.Read(PlanEntriesText.Compress(System.Text.Encoding.UTF8.GetBytes(stored)));
        entries[0].ShouldBeOfType<PlanEntry.Move>().Request.ShouldBeNull();
        entries[1].ShouldBeOfType<PlanEntry.Placement>().Vouchers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plans_whose_files_can_go_are_found_behind_ready_plans_that_keep_theirs()
    {
        // Ids of one millisecond have no order, so each plan is a second older than the next.
        var second = 0;
        var none = await Put(PlanStatus.Failed, Making.Start, hasFile: false);
        var far = await Put(PlanStatus.Ready, Making.Start + Duration.FromDays(9));
        var over = await Put(PlanStatus.Ready, Making.Start + Duration.FromDays(7));
        var failed = await Put(PlanStatus.Failed, Making.Start + Duration.FromDays(9));
        var ended = Now + Duration.FromTicks(1);
        (await Old(ended, 1)).ShouldBe([over]);
        (await Old(ended, 9)).ShouldBe([over, failed]);
        (await Old(Now, 9)).ShouldBeEmpty();
        (await Old(ended, 9)).ShouldNotContain(none);
        (await Old(ended, 9)).ShouldNotContain(far);

        async Task<PlanId> Put(PlanStatus status, Instant to, bool hasFile = true)
        {
            var plan = Making.Plan(new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(++second))), status, 1) with { EndedAt = Now };
            plan = plan with { Scope = plan.Scope with { To = to } };
            RowWrite[] file = hasFile ? [new RowWrite.PlanFile(plan.Id, PlanFileKind.Plan, [1])] : [];
            await Done(Making.Put(Now, plan, null, file));
            return plan.Id;
        }

        async Task<IEnumerable<PlanId>> Old(Instant endedBefore, int limit) =>
            (await Ledger.Read.PlansWithOldFiles(endedBefore, Making.Start + Duration.FromDays(8), limit, Token)).Select(plan => plan.Id);
    }

    [Fact]
    public async Task Plans_are_listed_newest_first_page_by_page()
    {
        var ids = Enumerable.Range(0, 5).Select(second => new PlanId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddSeconds(second)))).ToList();
        foreach (var id in ids)
            await Done(Making.Put(Now, Making.Plan(id, PlanStatus.Failed, 1)));
        var read = new List<PlanId>();
        string? cursor = null;
        do
        {
            var page = (await Ledger.Read.Plans(cursor, 2, Token))!;
            read.AddRange(page.Entries.Select(plan => plan.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        read.ShouldBe(Enumerable.Reverse(ids));
        (await Ledger.Read.Plans("no cursor", 2, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_plan_is_written_only_on_the_version_before()
    {
        var plan = Making.Plan(PlanId.New(), PlanStatus.Running, 1);
        (await Ledger.Commit(Making.Put(Now, plan with { Version = 2 }), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        await Done(Making.Put(Now, plan));
        (await Ledger.Commit(Making.Put(Now, plan), Token)).ShouldBeOfType<CommitOutcome.Stale>();
        var ended = plan with { Status = PlanStatus.Cancelled, Version = 2 };
        var outcomes = await Task.WhenAll(
            Ledger.Commit(Making.Put(Now, ended), Token), Ledger.Commit(Making.Put(Now, ended with { Status = PlanStatus.Failed }), Token));
        outcomes.OfType<CommitOutcome.Committed>().ShouldHaveSingleItem();
        outcomes.OfType<CommitOutcome.Stale>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pool_has_one_running_plan_at_most()
    {
        var plan = Making.Plan(PlanId.New(), PlanStatus.Running, 1, Making.Pool);
        await Done(Making.Put(Now, plan));
        var other = Making.Plan(PlanId.New(), PlanStatus.Running, 1, _otherPool, Making.Pool);
        (await Ledger.Commit(Making.Put(Now, other), Token)).ShouldBe(new CommitOutcome.PlanRunning(plan.Id));
        (await Ledger.Read.Plan(other.Id, Token)).ShouldBeNull();
        await Done(Making.Put(Now, Making.Plan(PlanId.New(), PlanStatus.Running, 1, _otherPool)));
        (await Ledger.Commit(Making.Put(Now, other), Token)).ShouldBeOfType<CommitOutcome.PlanRunning>();
        await Done(Making.Put(Now, plan with { Status = PlanStatus.Ready, Version = 2 }));
        await Done(Making.Put(Now, Making.Plan(PlanId.New(), PlanStatus.Running, 1, Making.Pool)));
    }

    [Fact]
    public async Task Of_plans_of_one_pool_asked_for_at_the_same_moment_one_runs()
    {
        var plans = Enumerable.Range(0, 8).Select(_ => Making.Plan(PlanId.New(), PlanStatus.Running, 1, Making.Pool, _otherPool)).ToList();
        var outcomes = await Task.WhenAll(plans.Select(plan => Ledger.Commit(Making.Put(Now, plan), Token)));
        outcomes.OfType<CommitOutcome.Committed>().ShouldHaveSingleItem();
        var running = (await Ledger.Read.RunningPlans(Token)).ShouldHaveSingleItem();
        outcomes.OfType<CommitOutcome.PlanRunning>().Select(refused => refused.Plan).ShouldBe(Enumerable.Repeat(running.Id, 7));
    }

    [Fact]
    public async Task R13_the_repeat_of_a_plan_gets_the_first_answer()
    {
        var plan = Making.Plan(PlanId.New(), PlanStatus.Running, 1);
        var stamp = new IdempotencyStamp("key-1", "once", "hash");
        var done = await Done(Making.Put(Now, plan, stamp));
        var stored = (await Ledger.Read.FindKey(null, "key-1", "once", Now - Duration.FromDays(7), Token)).ShouldNotBeNull();
        stored.Change.ShouldBe(done.Change);
        Texts.Of(await Ledger.Read.Answer(stored.Change, Token)).ShouldBe(Texts.Of(new PlanSnapshot(plan)));
    }

    [Fact]
    public async Task The_reasons_of_the_last_plan_are_kept_until_a_plan_serves_the_request()
    {
        var requests = Enumerable.Range(0, 3).Select(_ => RequestId.New()).OrderBy(id => id.ToString(), StringComparer.Ordinal).ToList();
        var first = Making.Plan(PlanId.New(), PlanStatus.Ready, 1);
        var full = new PlanReason(requests[0], first.Id, Now, "full", [new(Making.Pool, Making.Start, 3, null)]);
        var limit = new PlanReason(requests[1], first.Id, Now, "limit", [new(Making.Pool, Making.Start, 1, DeliveryMode.Online)])
        {
            Receipt = new([new(Making.Pool, Making.Start, Making.Start + Duration.FromHours(2), 4)], DeliveryMode.Online, 1, false), VouchersShort = 2,
        };
        await Done(Making.Put(Now, first, null, new RowWrite.PlanReasons([full, limit], [requests[2]])));
        Texts.Of(await Ledger.Read.PlanReasons(requests, Token)).ShouldBe(Texts.Of(ImmutableArray.Create(full, limit)));
        var second = Making.Plan(PlanId.New(), PlanStatus.Ready, 1);
        var outbid = new PlanReason(requests[1], second.Id, Now, "outbid", []);
        await Done(Making.Put(Now, second, null, new RowWrite.PlanReasons([outbid], [requests[0]])));
        Texts.Of(await Ledger.Read.PlanReasons(requests, Token)).ShouldBe(Texts.Of(ImmutableArray.Create(outbid)));
        (await Ledger.Read.PlanReasons([], Token)).ShouldBeEmpty();
    }
}
