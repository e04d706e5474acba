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

    /// <summary>The states of the run. When the process of the run ends, the stored end of the plan follows.</summary>
    private static async IAsyncEnumerable<PlanState> States(IPlanGrain plan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var states = plan.Watch(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            PlanState? next;
            var isLast = false;
            try
            {
                if (!await states.MoveNextAsync())
                    yield break;
                next = states.Current;
            }
            catch (Exception ended) when (cancellation.IsCancellationRequested
                && ended is (OperationCanceledException or EnumerationAbortedException or OrleansException))
            {
                // The server stops, or the reader has gone: the stream ends in order.
                yield break;
            }
            catch (Exception aborted) when (aborted is EnumerationAbortedException or SiloUnavailableException)
            {
                (next, isLast) = (await plan.Look(), true);
            }

            if (next is not null)
                yield return next;
            if (isLast)
                yield break;
        }
    }
}
