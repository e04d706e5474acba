namespace Scheduler.Ledger;

/// <summary>A row made or replaced in a batch.</summary>
internal sealed record RowState<T>(T Value, bool IsNew);
