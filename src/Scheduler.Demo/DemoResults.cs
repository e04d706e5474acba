using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>
/// Reads the results of commands. The season must be complete, so a result that is neither a success nor a refusal by a rule ends the loading.
/// </summary>
internal static class DemoResults
{
    /// <summary>The value of a command that must succeed.</summary>
    public static T Value<T>(CommandResult<T> result)
        where T : Snapshot => result is CommandResult<T>.Done done ? done.Value : throw Failure(result);

    /// <summary>The exception for a result that ends the loading.</summary>
    public static Exception Failure<T>(CommandResult<T> result)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Busy or CommandResult<T>.Unavailable or CommandResult<T>.OutcomeUnknown => new DemoInterruptedException(
                "The demonstration season could not be loaded completely, because the ledger did not answer. Start again with an empty database."),
            _ => new InvalidOperationException($"A step of the demonstration season failed: {result}"),
        };
}
