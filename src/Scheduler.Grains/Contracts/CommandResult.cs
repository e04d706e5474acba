using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The result of a command: a closed list. Only <see cref="Done"/> is certainly in the ledger.</summary>
/// <typeparam name="T">The snapshot of what the command makes or changes.</typeparam>
[GenerateSerializer, Immutable, Alias("scheduler.result`1")]
public abstract record CommandResult<T>
    where T : Snapshot
{
    private CommandResult()
    {
    }

    /// <summary>The command is committed, or there was nothing to change.</summary>
    /// <param name="Value">The subject after the command.</param>
    /// <param name="IsReplay">Whether this answer repeats the first answer to the same idempotency key (R13).</param>
    [GenerateSerializer, Immutable, Alias("scheduler.result.done`1")]
    public sealed record Done([property: Id(0)] T Value, [property: Id(1)] bool IsReplay = false) : CommandResult<T>;

    /// <summary>What the command would do: the command is a dry run, and nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.previewed`1")]
    public sealed record Previewed([property: Id(0)] DryRun Value) : CommandResult<T>;

    /// <summary>A rule or a slot refuses the command.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.refused`1")]
    public sealed record Refused([property: Id(0)] Refusal Why) : CommandResult<T>;

    /// <summary>The subject does not exist.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.not-found`1")]
    public sealed record NotFound : CommandResult<T>;

    /// <summary>The subject has another version than the caller named.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.stale`1")]
    public sealed record Stale : CommandResult<T>;

    /// <summary>An earlier call used the idempotency key with other content (R13).</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.key-reused`1")]
    public sealed record KeyReused : CommandResult<T>;

    /// <summary>Too many calls wait already. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.busy`1")]
    public sealed record Busy : CommandResult<T>;

    /// <summary>The ledger cannot be reached, or the caller's deadline passed before the commit. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.unavailable`1")]
    public sealed record Unavailable : CommandResult<T>;

    /// <summary>
    /// The connection to the ledger was lost during the commit. It is not known yet whether the change was made. A repeat with the same key returns the
    /// outcome.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("scheduler.result.unknown`1")]
    public sealed record OutcomeUnknown : CommandResult<T>;
}
