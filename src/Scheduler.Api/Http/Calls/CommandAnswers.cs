using System.Diagnostics;
using NodaTime;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Turns the result of a command into an HTTP answer. No other code maps results to answers.</summary>
internal static class CommandAnswers
{
    public static IResult Of<T>(CommandResult<T> result, Func<T, ChangeAnswer> show, DateTimeZone zone)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Done done => Done(show(done.Value), done.IsReplay),
            CommandResult<T>.Previewed(var run) => new JsonAnswer<DryRunView>(DryRunView.Of(run, zone)),
            CommandResult<T>.Refused refused => ApiProblem.Of(refused.Why, zone),
            CommandResult<T>.NotFound => ApiProblem.NotFound(),
            CommandResult<T>.Stale => ApiProblem.Stale(),
            CommandResult<T>.KeyReused => ApiProblem.KeyReused(),
            CommandResult<T>.Busy => ApiProblem.Busy(),
            CommandResult<T>.Unavailable => ApiProblem.Unavailable(),
            CommandResult<T>.OutcomeUnknown => ApiProblem.OutcomeUnknown(),
            _ => throw new UnreachableException(),
        };

    /// <summary>
    /// The first answer to a known key. The stored hash covers method and path, so the snapshot has the type that the route shows. Only a later version of the
    /// program could have stored another type. The answer is then 503, because a process of that version can answer a repeat.
    /// </summary>
    public static IResult OfRecalled<T>(CommandResult<Snapshot> result, Func<T, ChangeAnswer> show, DateTimeZone zone)
        where T : Snapshot => result is CommandResult<Snapshot>.Done { Value: not T }
            ? ApiProblem.OutcomeUnknown()
            : Of(result, snapshot => show((T)snapshot), zone);

    private static ChangeAnswer Done(ChangeAnswer answer, bool isReplay)
    {
        answer.IsReplay = isReplay;
        return answer;
    }
}
