using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Turns the result of a command into the address of the page that shows it. A page that shows a refusal asks for its figures again.</summary>
internal static class FormAnswers
{
    /// <summary>The code of a move to another pool, which no form of a page asks for.</summary>
    public const string OtherPool = "other_pool";

    /// <summary>Codes of answers that are no refusal of a rule.</summary>
    public static readonly string[] Plain = ["busy", "unavailable", "outcome_unknown", "stale", "need", OtherPool];

    /// <summary>The page after a command.</summary>
    /// <param name="result">The result.</param>
    /// <param name="done">The page after a success.</param>
    /// <param name="refused">The page that shows why nothing was done.</param>
    public static IResult Of<T>(CommandResult<T> result, Func<T, string> done, string refused)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Done(var value, _) => TypedResults.LocalRedirect(done(value)),
            CommandResult<T>.NotFound => TypedResults.StatusCode(StatusCodes.Status404NotFound),
            CommandResult<T>.Refused(var why) => Because(refused, why.Code),
            CommandResult<T>.Stale => Because(refused, "stale"),
            CommandResult<T>.KeyReused => Because(refused, "stale"),
            CommandResult<T>.Busy => Because(refused, "busy"),
            CommandResult<T>.Unavailable => Because(refused, "unavailable"),
            CommandResult<T>.OutcomeUnknown => Because(refused, "outcome_unknown"),
            _ => throw new UnreachableException(),
        };

    private static RedirectHttpResult Because(string address, string code) => TypedResults.LocalRedirect(BookPaths.Because(address, code));
}
