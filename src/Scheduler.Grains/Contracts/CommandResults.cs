using System.Diagnostics;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Converts a result to the type of its value.</summary>
internal static class CommandResults
{
    /// <summary>
    /// The result with the value type of its command. A replay whose snapshot a later version of the program wrote in its own form becomes <see
    /// cref="CommandResult{T}.Unavailable"/>; a process of that version can answer.
    /// </summary>
    public static CommandResult<T> As<T>(this CommandResult<Snapshot> result)
        where T : Snapshot => result switch
        {
            CommandResult<Snapshot>.Done(T value, var isReplay) => new CommandResult<T>.Done(value, isReplay),
            CommandResult<Snapshot>.Previewed(var run) => new CommandResult<T>.Previewed(run),
            CommandResult<Snapshot>.Unavailable => new CommandResult<T>.Unavailable(),
            CommandResult<Snapshot>.Refused(var why) => new CommandResult<T>.Refused(why),
            CommandResult<Snapshot>.NotFound => new CommandResult<T>.NotFound(),
            CommandResult<Snapshot>.Stale => new CommandResult<T>.Stale(),
            CommandResult<Snapshot>.KeyReused => new CommandResult<T>.KeyReused(),
            CommandResult<Snapshot>.Busy => new CommandResult<T>.Busy(),
            CommandResult<Snapshot>.Done or CommandResult<Snapshot>.OutcomeUnknown => new CommandResult<T>.OutcomeUnknown(),
            _ => throw new UnreachableException(),
        };
}
