using NodaTime;

namespace Scheduler.Ledger;

/// <summary>R13: an idempotency key that was used.</summary>
/// <param name="Caller">The caller whose key this is.</param>
/// <param name="Key">The key.</param>
/// <param name="Hash">Hash of method, path and canonical body.</param>
/// <param name="At">When the change with this key was decided.</param>
/// <param name="Change">The place of the change with this key; <see cref="LedgerReader.Answer"/> reads the first answer.</param>
public sealed record StoredKey(string Caller, string Key, string Hash, Instant At, ChangeRef Change);
