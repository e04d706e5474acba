namespace Scheduler.Ledger;

/// <summary>
/// A checkpoint of the write-ahead log failed. After such an error the content of the kernel's cache of the database file is unknown, so the ledger stops, as
/// after a disk error in a commit.
/// </summary>
internal sealed class CheckpointFailedException(string why) : Exception(why);
