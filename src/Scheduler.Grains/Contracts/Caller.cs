using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Who commands, with the idempotency stamp and the version of the subject that the caller has seen, where given. A command of a dry run is decided and not
/// committed; only the catalogue takes such commands.
/// </summary>
[GenerateSerializer, Immutable, Alias("scheduler.caller")]
public sealed record Caller(
    [property: Id(0)] Principal Who,
    [property: Id(1)] IdempotencyStamp? Stamp = null,
    [property: Id(2)] int? SeenVersion = null,
    [property: Id(3)] bool IsDryRun = false);
