namespace Scheduler.Ledger;

/// <summary>The place of a change in the ledger: its committer, and its number among that committer's changes.</summary>
public readonly record struct ChangeRef(long Committer, long Sequence);
