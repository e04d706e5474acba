using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>Idempotency keys of the last seven days, restored from rows.</summary>
/// <param name="Keys">Oldest first; at most <see cref="Domain.Limits.KeysInMemory"/>, the newest.</param>
/// <param name="LastEntry">Number of the last entry of the institution's trail: the next reading starts after this entry.</param>
/// <param name="HasOlderKeys">Whether more keys exist than are returned. Then <see cref="LedgerReader.FindKey"/> finds the other keys.</param>
public sealed record KeyRows(ImmutableArray<StoredKey> Keys, long LastEntry, bool HasOlderKeys);
