using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The result of a transaction that wrote changes.</summary>
/// <param name="First">The place of the first change. The other changes follow without a gap.</param>
/// <param name="Slots">The changed slots, with their new values.</param>
/// <param name="RequestSequences">The sequences that new requests got.</param>
internal sealed record Written(ChangeRef First, ImmutableArray<SlotSeats> Slots, IReadOnlyDictionary<RequestId, long> RequestSequences);
