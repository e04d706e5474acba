using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What is true, on disk: SQLite in a folder, or a PostgreSQL that silos share. All writing is one <see cref="Commit"/> at a time of a whole <see cref="Change"/>.</summary>
public sealed class SeatLedger : IAsyncDisposable
{
    private readonly IReadOnlyList<GroupCommitter> _committers;
    private readonly IReadOnlyList<IDisposable> _held;
    private int _isDisposed;

    internal SeatLedger(LedgerReader read, ChangeFeed feed, SeasonPicture picture, bool isShared, IReadOnlyList<GroupCommitter> committers, IReadOnlyList<IDisposable> held)
    {
        Read = read;
        Feed = feed;
        Picture = picture;
        IsShared = isShared;
        _committers = committers;
        _held = held;
        foreach (var committer in committers)
            committer.Start();
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
    /// with a plain message when another process has the folder, or the schema cannot be brought up to date.
    /// </summary>
    public static Task<SeatLedger> Open(LedgerSettings settings, IClock clock, ILoggerFactory logs, CancellationToken cancellation) =>
        settings.ConnectionString is null
            ? SqliteOpening.Open(settings, clock, logs, cancellation)
            : PostgresOpening.Open(settings, clock, logs, cancellation);

    /// <summary>
    /// Makes a change true, whole or not at all. Answers only after it is on disk, or certainly is not; expected refusals are outcomes, not exceptions. Changes of one institution
    /// are decided in the order in which they are handed in.
    /// </summary>
    /// <exception cref="LedgerStoppedException">The disk failed and the process is stopping: what became of the change shows at the next start.</exception>
    /// <exception cref="LedgerUnreachableException">The database went away while the change was on its way, and stayed away: whether it was written is not known.</exception>
    public Task<CommitOutcome> Commit(Change change) => CommitterOf(change).Commit(change);

    /// <summary>
    /// Waits until it is known what became of a change whose commit threw: its committer takes nothing else up before. False while the database is away.
    /// </summary>
    /// <exception cref="LedgerUnreachableException">The database went away again meanwhile.</exception>
    public async Task<bool> FindOut(Change change) => await CommitterOf(change).Commit(null) is CommitOutcome.Committed;

    /// <summary>Frees holds that have lapsed, without waiting for a commit that would.</summary>
    public Task Tidy() => _committers[0].Commit(null);

    /// <summary>Finishes what waits, then lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await Task.WhenAll(_committers.Select(committer => Task.Factory.StartNew(committer.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        foreach (var held in _held)
            held.Dispose();
    }

    /// <summary>Chains of versions must meet in one batch: an institution always has the same committer, and what concerns none has the first.</summary>
    private GroupCommitter CommitterOf(Change change)
    {
        if (_committers.Count == 1 || (change.Guard?.Institution ?? change.Record.Institution) is not { } institution)
            return _committers[0];
        return _committers[(int)(TextHash.Of(institution.Text) % (uint)_committers.Count)];
    }
}
