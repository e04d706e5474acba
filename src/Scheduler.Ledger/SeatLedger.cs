using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The durable record of all seats, bookings and settings: a SQLite database in a folder, or a PostgreSQL database that silos share. All writes are whole <see
/// cref="Change"/>s, made by <see cref="Commit"/>.
/// </summary>
public sealed class SeatLedger : IAsyncDisposable
{
    private readonly IReadOnlyList<GroupCommitter> _committers;
    private readonly IReadOnlyList<IDisposable> _resources;
    private int _isDisposed;

    internal SeatLedger(
        LedgerReader read, ChangeFeed feed, SeasonPicture picture, bool isShared, IReadOnlyList<GroupCommitter> committers,
        IReadOnlyList<IDisposable> resources)
    {
        Read = read;
        Feed = feed;
        Picture = picture;
        IsShared = isShared;
        _committers = committers;
        _resources = resources;
        foreach (var committer in committers)
            committer.Start();
    }

    /// <summary>Reads from the database.</summary>
    public LedgerReader Read { get; }

    /// <summary>Committed changes, of this process and of others.</summary>
    public ChangeFeed Feed { get; }

    /// <summary>Capacity and free seats of every slot, in memory.</summary>
    public SeasonPicture Picture { get; }

    /// <summary>Whether other processes may write to the database too (PostgreSQL).</summary>
    public bool IsShared { get; }

    /// <summary>
    /// Opens the ledger: locks the data folder (SQLite), brings the schema up to date, fills the picture, starts the committers.
    /// </summary>
    /// <exception cref="LedgerInUseException">Another process has the data folder.</exception>
    /// <exception cref="LedgerFolderException">The data folder cannot be used.</exception>
    /// <exception cref="LedgerRestoreInterruptedException">A restore into the data folder did not end.</exception>
    /// <exception cref="LedgerUnsafeException">The database could lose acknowledged changes (PostgreSQL).</exception>
    /// <exception cref="LedgerSchemaException">The schema cannot be brought up to date.</exception>
    public static Task<SeatLedger> Open(LedgerSettings settings, IClock clock, ILoggerFactory logs, CancellationToken cancellation) =>
        settings.ConnectionString is null
            ? SqliteOpening.Open(settings, clock, logs, cancellation)
            : PostgresOpening.Open(settings, clock, logs, cancellation);

    /// <summary>
    /// Writes the whole change, or nothing. The task ends when the change is on disk, when it is certainly not on disk, or when the outcome cannot be known at
    /// present. Changes of one institution are decided in the order of the calls. A cancelled token stops a change that waits for the committer (<see
    /// cref="CommitOutcome.Unavailable"/>, nothing is written). After the committer has taken the change, the token has no effect.
    /// </summary>
    public Task<CommitOutcome> Commit(Change change, CancellationToken cancellation) => CommitterOf(change).Commit(PreparedChange.Of(change), cancellation);

    /// <summary>
    /// Waits until the ledger shows the outcome of a change whose answer was <see cref="CommitOutcome.Unknown"/>. The change's committer resolves that outcome
    /// before it takes other work. Returns false while the database cannot be reached.
    /// </summary>
    public async Task<bool> Resolve(Change change, CancellationToken cancellation) =>
        await CommitterOf(change).Commit(null, cancellation) is CommitOutcome.Swept;

    /// <summary>Sweeps all lapsed holds now, without waiting for the next commit.</summary>
    public async Task SweepHolds(CancellationToken cancellation)
    {
        while (await _committers[0].Commit(null, cancellation) is CommitOutcome.Swept { HasMore: true })
        {
            // One batch sweeps a limited number of holds. Other changes may be committed between two batches.
        }
    }

    /// <summary>Writes the changes that wait, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await Task.WhenAll(_committers.Select(committer =>
            Task.Factory.StartNew(committer.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        foreach (var resource in _resources)
            resource.Dispose();
    }

    /// <summary>
    /// Changes that depend on each other must go to the same committer, so that one batch can contain them. So all changes of an institution have the same
    /// committer, and changes without an institution have the first committer.
    /// </summary>
    private GroupCommitter CommitterOf(Change change)
    {
        if (_committers.Count == 1 || (change.Guard?.Institution ?? change.Record.Institution) is not { } institution)
            return _committers[0];
        return _committers[(int)(TextHash.Of(institution.Text) % (uint)_committers.Count)];
    }
}
