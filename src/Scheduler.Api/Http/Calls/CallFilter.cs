using Orleans.Runtime;

namespace Scheduler.Api;

/// <summary>Wraps every endpoint of the API, and runs a call again when the first answer may be wrong or is missing.</summary>
/// <remarks>
/// A refusal that is decided on this process's copy of the catalogue is sent only when the copy was up to date. Otherwise the call is decided again on the
/// newest catalogue. When the newest catalogue no longer has the caller's key, the answer is 401. When a silo dies during a call, the outcome of the call is
/// unknown. A repeat with the same idempotency key gets the outcome (R13). So the filter repeats a call that has a key, and the caller does not have to.
/// </remarks>
internal sealed class CallFilter : IEndpointFilter
{
    // Each repeat waits until the cluster has agreed which silo is dead. When a third silo dies during the repeats, the caller has to repeat the call.
    private const int MaxRepeats = 2;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var call = (Call)context.Arguments[^1]!;
        var answer = await Run(call, context, next);
        if (answer is not ApiProblem || call.IsFinal || !await call.Api.Catalogue.IsBehind(call.Catalogue, call.Cancellation))
            return answer;
        if (call.IsRevoked)
            return ApiProblem.NotSignedIn();
        call.TakeNewestCatalogue();
        return await Run(call, context, next);
    }

    private static async ValueTask<object?> Run(Call call, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        for (var repeat = 0; ; repeat++)
        {
            try
            {
                return await next(context);
            }
            catch (SiloUnavailableException) when (call.HasKey && repeat < MaxRepeats)
            {
                call.TakeNewestCatalogue();
            }
        }
    }
}
