using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>One committer's connection to the database. Only one thread uses a store.</summary>
internal interface ICommitStore : IDisposable
{
    /// <summary>
    /// The oldest holds still marked held that have lapsed, at most <see cref="LapsedHold.MostPerBatch"/>, oldest first. Without <paramref name="exact"/>, a
    /// store may return an empty list when, by its last reading, no hold has lapsed yet, and so avoid a query.
    /// </summary>
    IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact);

    /// <summary>Writes a netted batch in one transaction; null, with nothing written, when a guard fails.</summary>
    Written? TryWrite(BatchNet net);

    /// <summary>Reads the rows of the changes under lock, decides the changes one by one, and writes the accepted changes, in one transaction.</summary>
    Replayed Replay(IReadOnlyList<PreparedChange> changes);

    /// <summary>The meaning of an exception of this database.</summary>
    StoreFailure Classify(Exception exception);

    /// <summary>Whether a transaction was running when the connection was lost. Then the transaction may be in the ledger.</summary>
    bool IsInDoubt { get; }

    /// <summary>
    /// Connects again after <see cref="StoreFailure.ConnectionLost"/> or <see cref="StoreFailure.InDoubt"/>. Throws when connecting fails. Returns the
    /// transaction that was running, or null when that transaction is not in the ledger.
    /// </summary>
    Replayed? Recover();
}
