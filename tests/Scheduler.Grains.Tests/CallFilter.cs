using Orleans;

namespace Scheduler.Tests;

/// <summary>Sees every call of a grain before the grain does. A call that is answered here does not reach the grain.</summary>
internal sealed class CallFilter(Func<IIncomingGrainCallContext, bool> isAnswered) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => isAnswered(context) ? Task.CompletedTask : context.Invoke();
}
