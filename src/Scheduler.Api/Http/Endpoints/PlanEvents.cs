using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// The events of a plan's run: <c>progress</c>, <c>incumbent</c> and <c>bound</c> when the figure has changed, and <c>status</c> at the end, after which the
/// stream ends. A slow reader misses figures between two events, never the last ones.
/// </summary>
internal static class PlanEvents
{
    public static async IAsyncEnumerable<SseItem<PlanEventView>> Of(IPlanGrain plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        PlanEventView? last = null;
        await foreach (var state in States(plan, cancellation))
        {
            var next = PlanEventView.Of(state);
            if (last is null || next.Progress != last.Progress || next.Stage != last.Stage)
                yield return new(next, "progress");
            if (next.Value is not null && next.Value != last?.Value)
                yield return new(next, "incumbent");
            if (next.Bound is not null && next.Bound != last?.Bound)
                yield return new(next, "bound");
            if (next.Status != Domain.PlanStatus.Running)
                yield return new(next, "status");
            last = next;
        }
    }

    /// <summary>
    /// The states of the run. When the grain of the plan moves to another process, the stream goes on from there. When the server stops or the reader goes, the
    /// stream ends in order.
    /// </summary>
    private static async IAsyncEnumerable<PlanState> States(IPlanGrain plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IAsyncEnumerator<PlanState>? states = null;
        try
        {
            while (true)
            {
                states ??= plan.Watch(cancellation).GetAsyncEnumerator(cancellation);
                PlanState? next;
                var isAborted = false;
                try
                {
                    if (!await states.MoveNextAsync())
                        yield break;
                    next = states.Current;
                }
                catch (Exception ended) when (cancellation.IsCancellationRequested && IsAbort(ended))
                {
                    yield break;
                }
                catch (Exception aborted) when (IsAbort(aborted))
                {
                    (next, states, isAborted) = (await plan.Look(), null, true);
                }

                if (next is null)
                    yield break;
                yield return next;
                if (isAborted && next.Plan.Status != Domain.PlanStatus.Running)
                    yield break;
            }
        }
        finally
        {
            if (states is not null)
                await states.DisposeAsync();
        }
    }

    private static bool IsAbort(Exception exception) => exception is OperationCanceledException or EnumerationAbortedException or OrleansException;
}
