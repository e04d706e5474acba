using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>
/// Runs one plan (<see cref="PlanRun"/>) and tells its progress. The ledger decides what becomes of the plan: the end of a run is written under the version
/// that the run began with, so a plan that was cancelled, or that another activation found without a run, stays as it is.
/// </summary>
[GrainType("plan")]
internal sealed class PlanGrain(PlanRun run, SeatLedger ledger, ILogger<PlanGrain> log) : Grain, IPlanGrain, IDisposable
{
    // How often a run looks whether its plan still runs. The call that cancelled the plan may have ended before it could tell the run.
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finish = new();
    private TaskCompletionSource _changed = Signal();
    private PlanState? _state;
    private Task? _running;
    private bool _isExpected;
    private readonly RunCourse _course = new();
    private PlanCause? _unwritten;
    private IGrainTimer? _timer;

    private PlanId Id => new(this.GetPrimaryKey());

    public Task Expect()
    {
        _isExpected = true;
        return Task.CompletedTask;
    }

    public async Task<PlanState?> Look()
    {
        // While the run goes on, only this grain and the cancelling of the plan write its row.
        if (_running is { IsCompleted: false } && _state is not null)
            return _state;
        if (await ledger.Read.Plan(Id, CancellationToken.None) is not { } plan)
            return null;
        Set(new(plan, _state?.Progress ?? default));
        if (plan.Status != PlanStatus.Running)
            return _state;
        if (_isExpected)
            Begin(plan);
        else
            await Fail(plan);
        return _state;
    }

    public Task<ImmutableArray<PlanProgress>> Course() => Task.FromResult(_course.Points);

    public Task Finish()
    {
        if (_running is { IsCompleted: false })
            _finish.Cancel();
        return Task.CompletedTask;
    }

    public async Task Stop()
    {
        await _stop.CancelAsync();
        if (_running is { } running)
            await running;
    }

    public async IAsyncEnumerable<PlanState> Watch([EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = await this.AsReference<IPlanGrain>().Look();
        while (next is not null)
        {
            var changed = _changed.Task;
            yield return next;
            if (next.Plan.Status != PlanStatus.Running)
                yield break;
            if (ReferenceEquals(next, _state))
                await changed.WaitAsync(cancellation);
            next = _state;
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_running is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _finish.Dispose();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Begin(PlanRow plan)
    {
        _isExpected = false;
        DelayDeactivation(TimeSpan.FromSeconds(plan.Scope.TimeLimitSeconds) + PlanRun.LongestBeside);
        _running = Run(plan);
        _timer = this.RegisterGrainTimer(EndWithoutPlan, new GrainTimerCreationOptions(_period, _period) { Interleave = true });
    }

    /// <summary>Ends the run when the ledger says that the plan no longer runs.</summary>
    private async Task EndWithoutPlan()
    {
        if (await ledger.Read.Plan(Id, CancellationToken.None) is not { Status: PlanStatus.Running })
            await _stop.CancelAsync();
    }

    private async Task Run(PlanRow plan)
    {
        try
        {
            var ended = await run.Run(plan, step => Step(plan, step), _finish.Token, _stop.Token);
            Set(new(ended, _state!.Progress with { Share = 1 }));
        }
        catch (Exception fault)
        {
            // The row still says that the plan runs. Whoever looks next finds a plan without a run, and the plan fails by this cause.
            log.LogError(fault, "The run of plan {Plan} could not write its end.", plan.Id);
            _unwritten = new(fault is LedgerUnreachableException ? PlanCause.LedgerUnreachable : PlanCause.Internal);
        }
        finally
        {
            _timer?.Dispose();
        }
    }

    private void Step(PlanRow plan, SolveProgress step)
    {
        var progress = SolverStages.After(_state!.Progress, step);
        _course.Add(progress);
        Set(new(plan, progress));
    }

    private async Task Fail(PlanRow plan)
    {
        var cause = _unwritten ?? new(PlanCause.ProcessEnded);
        log.LogWarning("Plan {Plan} has no run, and fails: {Cause}.", plan.Id, cause);
        Set(new(await run.Fail(plan, cause), _state!.Progress));
    }

    private void Set(PlanState state)
    {
        _state = state;
        var changed = _changed;
        _changed = Signal();
        changed.SetResult();
    }
}
