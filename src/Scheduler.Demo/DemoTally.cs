using System.Collections.Concurrent;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>Counts what was done and what was refused.</summary>
internal sealed class DemoTally
{
    /// <summary>What was done, by kind, such as <c>booked</c>.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = [];

    /// <summary>What was refused, by code.</summary>
    public ConcurrentDictionary<string, int> Refused { get; } = [];

    /// <summary>Counts a result. Returns the refusal, or null when the command succeeded.</summary>
    public Refusal? Count<T>(string kind, CommandResult<T> result)
        where T : Snapshot
    {
        switch (result)
        {
            case CommandResult<T>.Done:
                Done.AddOrUpdate(kind, 1, (_, count) => count + 1);
                return null;
            case CommandResult<T>.Refused(var refusal):
                Refused.AddOrUpdate(refusal.Code, 1, (_, count) => count + 1);
                return refusal;
            default:
                throw DemoResults.Failure(result);
        }
    }
}
