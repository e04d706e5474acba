using Orleans;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The operators' settings: pools, capacity, exams, seasons, policy, institutions' settings, API keys. There is one such grain, with key <c>0</c>.
/// </summary>
[Alias("scheduler.catalogue")]
public interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// The first answer to a call with this idempotency key; <c>KeyReused</c> when that call had other content; null when the key is not known (R13).
    /// </summary>
    [Alias("recall")]
    Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation = default);

    /// <summary>Makes or replaces an entry. Refuses to change the zone of a pool that has slots (<c>PoolZoneFixed</c>).</summary>
    [Alias("put")]
    Task<CommandResult<EntrySnapshot>> Put(PutCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// Retires an entry. An entry that is retired already stays as it is. Refuses with <c>InUse</c> while something to come rests on the entry.
    /// </summary>
    [Alias("retire")]
    Task<CommandResult<EntrySnapshot>> Retire(RetireCommand command, CancellationToken cancellation = default);

    /// <summary>Makes an API key. The caller adds the secret to its own answer; the secret is never stored.</summary>
    [Alias("make-key")]
    Task<CommandResult<EntrySnapshot>> MakeKey(MakeKeyCommand command, CancellationToken cancellation = default);

    /// <summary>Revokes an API key. A key that was revoked before stays as it is.</summary>
    [Alias("revoke-key")]
    Task<CommandResult<EntrySnapshot>> RevokeKey(RevokeKeyCommand command, CancellationToken cancellation = default);

    /// <summary>Replaces a template (R3), or refuses with <c>CapacityBelowBooked</c>.</summary>
    [Alias("set-template")]
    Task<CommandResult<CapacitySnapshot>> SetTemplate(TemplateCommand command, CancellationToken cancellation = default);

    /// <summary>Sets or clears exceptions (R3), or refuses with <c>CapacityBelowBooked</c>.</summary>
    [Alias("set-exception")]
    Task<CommandResult<CapacitySnapshot>> SetException(ExceptionCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// Sets or clears exceptions in several ranges (R3), all of it or nothing, or refuses with <c>CapacityBelowBooked</c>. Answers with the exceptions that the
    /// pool has in the ranges.
    /// </summary>
    [Alias("set-exceptions")]
    Task<CommandResult<CapacitySnapshot>> SetExceptions(ExceptionsCommand command, CancellationToken cancellation = default);

    /// <summary>Raises capacity as advised, all of it or nothing. Answers with the exceptions that were written.</summary>
    [Alias("raise")]
    Task<CommandResult<CapacitySnapshot>> Raise(RaiseCommand command, CancellationToken cancellation = default);

    /// <summary>
    /// Brings back the exceptions from before the last change, which raised the capacity as advised. Refuses with <c>NothingToUndo</c> when the last change was
    /// another one, and with <c>CapacityBelowBooked</c> when bookings or holds need the added seats by now.
    /// </summary>
    [Alias("undo-raise")]
    Task<CommandResult<CapacitySnapshot>> UndoRaise(UndoRaiseCommand command, CancellationToken cancellation = default);
}
