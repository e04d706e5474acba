using Microsoft.Extensions.Logging;
using NodaTime;

namespace Scheduler.Ledger;

/// <summary>What is true, on disk: SQLite in a folder, or a PostgreSQL that silos share. All writing is one <see cref="Commit"/> at a time of a whole <see cref="Change"/>.</summary>
public sealed class SeatLedger : IAsyncDisposable
{
    private SeatLedger(LedgerReader read, ChangeFeed feed, SeasonPicture picture, bool isShared)
    {
        Read = read;
        Feed = feed;
        Picture = picture;
        IsShared = isShared;
    }

    /// <summary>What stands in the ledger.</summary>
    public LedgerReader Read { get; }

    /// <summary>What was committed, here and elsewhere.</summary>
    public ChangeFeed Feed { get; }

    /// <summary>Capacity and seats taken of every slot, in memory.</summary>
    public SeasonPicture Picture { get; }

    /// <summary>Whether other processes may write to it too (PostgreSQL).</summary>
    public bool IsShared { get; }

    /// <summary>
    /// Opens the ledger: locks the data folder (SQLite), brings the schema up to date, fills the picture, starts the committers. Throws <see cref="InvalidOperationException"/>
    /// with a plain message when another process has the folder.
    /// </summary>
    public static Task<SeatLedger> Open(LedgerSettings settings, IClock clock, ILoggerFactory logs, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>
    /// Makes a change true, whole or not at all. Answers only after it is on disk, or certainly is not; expected refusals are outcomes, not exceptions.
    /// </summary>
    public Task<CommitOutcome> Commit(Change change) => throw new NotImplementedException();

    /// <summary>Frees holds that have lapsed, without waiting for a commit that would.</summary>
    public Task Tidy() => throw new NotImplementedException();

    /// <summary>Finishes what waits, then lets go of the database.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
