using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Runs the operators' commands on plans one after the other by <see cref="CatalogueRun"/>. The commit checks the version of the plan and that no other plan of
/// its pools runs, so a second activation cannot make two plans of one pool.
/// </summary>
[GrainType("plans")]
internal sealed class PlansGrain(SeatLedger ledger, CatalogueCopy catalogue, PlanApplier applier, IClock clock, ILogger<PlansGrain> log)
    : Grain, IPlansGrain
{
    private readonly CatalogueRun _run = new(ledger, catalogue, clock, log);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _run.ReadKeys(cancellationToken);

    public Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation) => _run.Recall(stamp, cancellation);

    public Task<CommandResult<PlanSnapshot>> Make(MakePlanCommand command, CancellationToken cancellation) =>
        _run.Run<PlanSnapshot>(command.Caller, _ => Make(command.Caller, command.Scope, cancellation), cancellation);

    public async Task<CommandResult<PlanSnapshot>> Finish(PlanCommand command, CancellationToken cancellation)
    {
        var id = new PlanId(command.Plan);
        var result = await _run.Run<PlanSnapshot>(command.Caller, _ => Finish(command.Caller, id, cancellation), cancellation);
        // A repeat ends the run too: the first call may have ended between its record and this step.
        if (result is CommandResult<PlanSnapshot>.Done({ Plan.Status: PlanStatus.Running }, _))
            await GrainFactory.Plan(id).Finish();
        return result;
    }

    public Task<CommandResult<PlanSnapshot>> Cancel(PlanCommand command, CancellationToken cancellation) =>
        _run.Run<PlanSnapshot>(command.Caller, _ => Cancel(command.Caller, new PlanId(command.Plan), cancellation), cancellation);

    public Task<CommandResult<PlanSnapshot>> Apply(PlanCommand command, CancellationToken cancellation) =>
        _run.Run<PlanSnapshot>(command.Caller, _ => Apply(command.Caller, new PlanId(command.Plan), cancellation), cancellation);

    private async Task<Attempt> Make(Caller caller, PlanScope scope, CancellationToken cancellation)
    {
        if (await Blocked(scope, cancellation) is { } refusal)
            return Attempt.Answered.Refused(refusal);
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Running, Scope = scope with { Opening = await Opening(scope, cancellation) },
            MadeBy = caller.Who.Id, MadeAt = clock.GetCurrentInstant(),
        };
        await GrainFactory.Plan(plan.Id).Expect();
        switch (await _run.Commit(PlanChanges.Of(ChangeKind.PlanMade, null, plan, caller, plan.MadeAt), cancellation))
        {
            case CommitOutcome.Committed:
                await Begin(plan.Id);
                return Attempt.Answered.Done(new PlanSnapshot(plan));
            case CommitOutcome.PlanRunning:
                return Attempt.Retry.Now;
            case var outcome:
                return await _run.Ended(outcome, cancellation);
        }
    }

    /// <summary>
    /// Why no plan of this scope can run now; null when it can. A plan whose process has ended no longer runs, so each plan that stands in the way is looked
    /// at.
    /// </summary>
    private async Task<Refusal?> Blocked(PlanScope scope, CancellationToken cancellation)
    {
        var running = 0;
        foreach (var plan in await ledger.Read.RunningPlans(cancellation))
        {
            if (await GrainFactory.Plan(plan.Id).Look() is not { Plan.Status: PlanStatus.Running })
                continue;
            if (plan.Scope.Pools.Intersect(scope.Pools).Any())
                return new Refusal.PlanRunning(plan.Id);
            running++;
        }

        return running < Limits.RunningPlans ? null : new Refusal.TooManyPlans(Limits.RunningPlans);
    }

    /// <summary>The opening whose lots the plan draws: of the seasons in the scope, the first that opens and of which no plan was applied yet (R16).</summary>
    private async Task<PlanOpening?> Opening(PlanScope scope, CancellationToken cancellation)
    {
        var (current, now) = (catalogue.Current, clock.GetCurrentInstant());
        foreach (var season in current.Seasons.Values.Select(season => season.Value).OrderBy(season => (season.CollectUntil, season.Id.Text)))
        {
            if (PlanOpening.Of(season, scope, current, now) is { } opening && await ledger.Read.OpeningPlan(opening.SeedHash, cancellation) is null)
                return opening;
        }

        return null;
    }

    private async Task Begin(PlanId plan)
    {
        try
        {
            await GrainFactory.Plan(plan).Look();
        }
        catch (Exception fault)
        {
            // The plan is made. Whoever looks at it next begins its run, or finds that its process has ended.
            log.LogWarning(fault, "The run of plan {Plan} could not be begun.", plan);
        }
    }

    private async Task<Attempt> Finish(Caller caller, PlanId id, CancellationToken cancellation)
    {
        if (await ledger.Read.Plan(id, cancellation) is not { } plan)
            return Attempt.Answered.NotFound;
        if (caller.SeenVersion is { } seen && seen != plan.Version)
            return new Attempt.Answered(new CommandResult<Snapshot>.Stale());
        if (plan.Status != PlanStatus.Running)
            return Attempt.Answered.Done(new PlanSnapshot(plan));
        // The record comes first: nobody ends a run without a record of who did (R15). The plan's row stays as it is until the run has ended.
        if (await _run.Commit(PlanChanges.Finish(plan, caller, clock.GetCurrentInstant()), cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        return Attempt.Answered.Done(new PlanSnapshot(plan));
    }

    private async Task<Attempt> Cancel(Caller caller, PlanId id, CancellationToken cancellation)
    {
        if (await ledger.Read.Plan(id, cancellation) is not { } plan)
            return Attempt.Answered.NotFound;
        if (plan.Status != PlanStatus.Cancelled && caller.SeenVersion is { } seen && seen != plan.Version)
            return new Attempt.Answered(new CommandResult<Snapshot>.Stale());
        if (plan.Status is not (PlanStatus.Running or PlanStatus.Ready))
        {
            // The call that cancelled the plan may have ended before it could end the run.
            if (plan.Status == PlanStatus.Cancelled)
                await GrainFactory.Plan(id).Stop();
            return Attempt.Answered.Done(new PlanSnapshot(plan));
        }

        var now = clock.GetCurrentInstant();
        var after = plan with { Status = PlanStatus.Cancelled, EndedAt = now, Version = plan.Version + 1 };
        if (await _run.Commit(PlanChanges.Of(ChangeKind.PlanCancelled, plan, after, caller, now), cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        if (plan.Status == PlanStatus.Running)
            await GrainFactory.Plan(id).Stop();
        return Attempt.Answered.Done(new PlanSnapshot(after));
    }

    private async Task<Attempt> Apply(Caller caller, PlanId id, CancellationToken cancellation)
    {
        if (await ledger.Read.Plan(id, cancellation) is not { } plan)
            return Attempt.Answered.NotFound;
        if (plan.Status == PlanStatus.Applied)
            return Attempt.Answered.Done(new PlanSnapshot(plan));
        // Each part raises the version. So the repeat of a call that ended between two parts names the version before them, and goes on.
        if (plan.PartsApplied == 0 && caller.SeenVersion is { } seen && seen != plan.Version)
            return new Attempt.Answered(new CommandResult<Snapshot>.Stale());
        return plan.Status == PlanStatus.Ready
            ? new Attempt.Answered(await applier.Apply(id, caller, cancellation))
            : Attempt.Answered.Refused(new Refusal.PlanNotReady(plan.Status));
    }
}
