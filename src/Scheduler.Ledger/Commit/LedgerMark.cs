using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>A moment of the ledger: the number of the last change of each committer. A committer that is not in the list had no change.</summary>
public sealed record LedgerMark(ImmutableArray<ChangeRef> Last);
