using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The operators' commands on plans, one after the other. There is one such grain, with key <c>0</c>.</summary>
[Alias("scheduler.plans")]
public interface IPlansGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The first answer to a call with this idempotency key; <c>KeyReused</c> when that call had other content; null when the key is not known (R13).
    /// </summary>
    [Alias("recall")]
    Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation = default);

    /// <summary>Makes a plan and begins its run. Refuses with <c>PlanRunning</c> while another plan of one of the pools runs.</summary>
    [Alias("make")]
    Task<CommandResult<PlanSnapshot>> Make(MakePlanCommand command, CancellationToken cancellation = default);

    /// <summary>Ends the search of a plan that runs: the plan is soon ready, with the best that was found. Any other plan stays as it is.</summary>
    [Alias("finish")]
    Task<CommandResult<PlanSnapshot>> Finish(PlanCommand command, CancellationToken cancellation = default);

    /// <summary>Cancels a plan that runs or is ready. Any other plan stays as it is.</summary>
    [Alias("cancel")]
    Task<CommandResult<PlanSnapshot>> Cancel(PlanCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// Applies a plan that is ready. A plan that was applied stays as it is. Refuses with <c>PlanNotReady</c> a plan that runs, failed or was cancelled.
    /// </summary>
    [Alias("apply")]
    Task<CommandResult<PlanSnapshot>> Apply(PlanCommand command, CancellationToken cancellation = default);
}
