using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// One run of the solver; the key is the plan's id. The grain lives in memory only while the run goes on: the ledger has everything else. <see
/// cref="IPlansGrain"/> makes, cancels and applies plans.
/// </summary>
[Alias("scheduler.plan")]
public interface IPlanGrain : IGrainWithGuidKey
{
    /// <summary>Says that a plan with this id is about to be made, so that the next <see cref="Look"/> begins its run.</summary>
    [Alias("expect")]
    Task Expect();

    /// <summary>
    /// The plan as it is now; null when there is no such plan. Begins the run of a plan that was just made. A plan that is marked as running and has no run,
    /// because the process of its run has ended, fails here.
    /// </summary>
    [Alias("look")]
    Task<PlanState?> Look();

    /// <summary>
    /// How the value and the bound of the run came to be, oldest first: the points at which one of them changed, thinned out in a long run. Empty in a process
    /// that did not run the plan.
    /// </summary>
    [Alias("course")]
    Task<ImmutableArray<PlanProgress>> Course();

    /// <summary>Asks the run to end now with the best plan that it has found. The plan is then ready, as after its time limit.</summary>
    [Alias("finish")]
    Task Finish();

    /// <summary>Ends the run, after the plan was cancelled in the ledger.</summary>
    [Alias("stop")]
    Task Stop();

    /// <summary>
    /// The plan as it is now, then each newer state until the run has ended. A reader that is slower than the run gets the newest state only. Empty when there
    /// is no such plan.
    /// </summary>
    [Alias("watch"), AlwaysInterleave]
    IAsyncEnumerable<PlanState> Watch(CancellationToken cancellation = default);
}
