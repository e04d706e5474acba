using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// The contract's order between sign-in and the rules: a known idempotency key, the body (400), what is there and in reach (404), an operator's words from anyone else (403).
/// A grain looks for a known key before it decides anything, so only what the door itself refuses asks for it here: the way of a good call stays one grain call long.
/// </summary>
internal static class Judge
{
    /// <summary>What the door refuses of a call that concerns <paramref name="institution"/> (null: not there, or not in reach); null when the grain may decide.</summary>
    public static ValueTask<Answer?> Institution(Call call, CallBody body, InstitutionId? institution, bool usesOperatorsWords = false)
    {
        var refused = body.Problem()
            ?? (institution is null ? Problems.NotFound() : null)
            ?? (usesOperatorsWords && !call.IsOperator ? Problems.Forbidden("Only an operator may override a rule, or give a weight other than 1.") : null);
        call.IsSettled |= refused is null;
        if (refused is null || body.Stamp is null || institution is not { } id)
            return new(refused);
        return Recalled(call.Door.Queue(id).Recall(body.Stamp), refused);
    }

    /// <summary>What the door refuses of a call about the operator's things; null when the grain may decide.</summary>
    public static ValueTask<Answer?> Operator(Call call, CallBody body, Answer? refused)
    {
        refused = body.Problem() ?? refused;
        call.IsSettled |= refused is null;
        return refused is null || body.Stamp is null ? new(refused) : Recalled(call.Door.Operator.Recall(body.Stamp), refused);
    }

    private static async ValueTask<Answer?> Recalled(Task<Answer?> recall, Answer refused) => await recall ?? refused;
}
