using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What a transaction wrote.</summary>
/// <param name="FirstSequence">Sequence of the first change; the others follow without a gap.</param>
/// <param name="Slots">Slots touched, as they stand after it.</param>
/// <param name="RequestSequences">Sequences given to requests.</param>
internal sealed record Written(long FirstSequence, ImmutableArray<SlotSeats> Slots, IReadOnlyDictionary<RequestId, long> RequestSequences);

/// <summary>What a replay came to: a refusal per change, null for those written.</summary>
internal sealed record Replayed(ImmutableArray<CommitOutcome?> Refusals, BatchNet Accepted, Written? Written)
{
    /// <summary>All changes that it decided, refused ones too.</summary>
    public IReadOnlyList<Change> All { get; init; } = Accepted.Changes;
}

/// <summary>One committer's way into the database. Used by one thread.</summary>
internal interface ICommitStore : IDisposable
{
    /// <summary>Holds still marked held that have lapsed, oldest first. A store that would have to ask the database for it may answer from what it last saw unless <paramref name="exact"/>.</summary>
    IReadOnlyList<Hold> Due(Instant now, bool exact);

    /// <summary>Writes a netted batch in one transaction; null, with nothing written, when a guard fails.</summary>
    Written? TryWrite(BatchNet net);

    /// <summary>Reads what the changes touch under lock, decides one by one, and writes those that stand, in one transaction.</summary>
    Replayed Replay(IReadOnlyList<Change> changes);

    /// <summary>What an exception of this database means.</summary>
    Trouble Judge(Exception exception);

    /// <summary>Whether a transaction was under way when the connection was lost: then it may be in the ledger.</summary>
    bool IsInDoubt { get; }

    /// <summary>
    /// Connects again after <see cref="Trouble.Lost"/>. Throws when that fails. Otherwise says what became of the transaction that was under way: null when nothing of it is in the ledger.
    /// </summary>
    Replayed? Recover();
}

/// <summary>What a failed transaction means for those that wait.</summary>
internal enum Trouble
{
    /// <summary>It was rolled back; its cause is one of its changes, or a passing state.</summary>
    Rolled,

    /// <summary>It was rolled back, and so would be any other now (no room on the disk, locked by somebody).</summary>
    Refused,

    /// <summary>The connection broke: whether it was committed is to be found out.</summary>
    Lost,

    /// <summary>The disk cannot be trusted any more: the process stops.</summary>
    Fatal,
}

/// <summary>A guard failed where a lock had made that impossible: a bug.</summary>
internal sealed class GuardFailedUnderLock() : Exception("A guard failed on rows that were read under lock.");
