using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>Some entries of a list, and the cursor of the next page; the cursor is null on the last page.</summary>
public sealed record Page<T>(ImmutableArray<T> Entries, string? Next);
