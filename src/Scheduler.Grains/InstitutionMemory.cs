using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// What a queue grain knows about its institution: the state after all changes, pending changes included; the state after the committed changes only; and the
/// version that the guard of the next change names.
/// </summary>
/// <remarks>
/// Several changes may be pending at once; each is decided on the state after the change before, and reserves the next version. When a commit fails, the later
/// pending changes fail too. The memory then waits until the last pending commit has ended. When the commit lacked seats, or was certainly not written for
/// another reason than a guard, the memory returns to the committed state. In all other cases the memory reads the ledger again.
/// </remarks>
internal sealed class InstitutionMemory(InstitutionId id, SeatLedger ledger, IClock clock, StaleInstitutions stale, IdempotencyKeys keys)
{
    private readonly StaleMark _mark = stale.Watch(id);
    private TaskCompletionSource? _idle;
    private SharedRun? _load;
    private Instant _nextEnd;
    private long _committedVersion;
    private int _pending;
    private int _invalidations;
    private bool _mustReload = true;
    private bool _mustRollBack;

    /// <summary>The institution.</summary>
    public InstitutionId Id { get; } = id;

    /// <summary>The state, pending changes included.</summary>
    public InstitutionState State { get; private set; } = InstitutionState.Empty;

    /// <summary>The state after the committed changes only. A refusal on this state does not depend on a pending change.</summary>
    public InstitutionState Committed { get; private set; } = InstitutionState.Empty;

    /// <summary>The institution's version after the last pending change.</summary>
    public long Version { get; private set; }

    /// <summary>Ends when the commit of the last reserved change has ended.</summary>
    public Task LastCommit { get; private set; } = Task.CompletedTask;

    /// <summary>Whether a change is pending.</summary>
    public bool HasPending => _pending > 0;

    /// <summary>Whether commands can be decided on this memory.</summary>
    public bool IsValid => !_mustReload && !_mustRollBack;

    /// <summary>The state at an instant, without the holds that have lapsed by then.</summary>
    public InstitutionState StateAt(Instant now)
    {
        if (now >= _nextEnd)
        {
            State = State.WithoutEnded(now);
            Committed = Committed.WithoutEnded(now);
            _nextEnd = now + Duration.FromHours(1);
        }

        return State = State.At(now);
    }

    /// <summary>
    /// The state after the committed changes only, at an instant: without the holds that have lapsed and the bookings that have ended by then. For answers that
    /// show what the institution has.
    /// </summary>
    public InstitutionState CommittedAt(Instant now) => Committed.WithoutEnded(now).At(now);

    /// <summary>Waits until commands can be decided on this memory.</summary>
    public async ValueTask Ready(CancellationToken cancellation)
    {
        if (_mark.Take())
            Invalidate();
        while (!IsValid)
        {
            if (_pending > 0)
                await (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellation);
            else if (_mustReload)
                await (_load ??= new(Load)).Join().WaitAsync(cancellation);
            else
                (State, Version, _mustRollBack) = (Committed, _committedVersion, false);
        }
    }

    /// <summary>
    /// Whether another process has committed a change of this institution that the memory does not contain (a shared ledger), or the memory must be read again
    /// for another reason.
    /// </summary>
    public async ValueTask<bool> IsBehind(CancellationToken cancellation)
    {
        if (!ledger.Feed.IsFresh)
            await ledger.Feed.Refresh(cancellation);
        if (_mark.Take())
            Invalidate();
        return !IsValid;
    }

    /// <summary>Reads the ledger.</summary>
    public async Task Load()
    {
        var before = _invalidations;
        var now = clock.GetCurrentInstant();
        var rows = await ledger.Read.Institution(Id, now, keys.LastEntry, CancellationToken.None);
        State = Committed = rows.State;
        Version = _committedVersion = rows.Version;
        keys.Add(rows.Keys, rows.LastEntry, rows.HasOlderKeys);
        _mustRollBack = false;
        // After an invalidation during the reading the result may be old, so the ledger is read again.
        _mustReload = _invalidations != before;
    }

    /// <summary>
    /// Reserves the next version for a change whose commit begins: later changes are decided on the state after this change. Returns the version.
    /// </summary>
    public long Reserve(InstitutionState after, Task commit)
    {
        State = after;
        _pending++;
        LastCommit = commit;
        return ++Version;
    }

    /// <summary>
    /// Takes the outcome of a reserved change's commit. Commits happen in the order of their versions. Their outcomes mostly arrive in this order, but may
    /// arrive in another order.
    /// </summary>
    /// <param name="version">The version that <see cref="Reserve"/> returned.</param>
    /// <param name="after">The state after the change.</param>
    /// <param name="outcome">The outcome of the commit; null when the commit threw an exception.</param>
    public void Return(long version, InstitutionState after, CommitOutcome? outcome)
    {
        switch (outcome)
        {
            case CommitOutcome.Committed when version > _committedVersion:
                (Committed, _committedVersion) = (after, version);
                break;
            case CommitOutcome.Committed:
                break;
            case CommitOutcome.SlotShort or CommitOutcome.Retired or CommitOutcome.Busy or CommitOutcome.Unavailable:
                // The institution's version was right, or the change was certainly not written: the committed state is right.
                _mustRollBack = true;
                break;
            case CommitOutcome.Stale when _mustRollBack:
                // An earlier pending change failed, so this change had to fail.
                break;
            default:
                Invalidate();
                break;
        }

        if (--_pending > 0)
            return;
        _idle?.TrySetResult();
        _idle = null;
    }

    /// <summary>Stores the sequence that the ledger gave to a request.</summary>
    public void Sequence(RequestId request, long sequence)
    {
        if (State.Requests.TryGetValue(request, out var known))
            State = State.With(known with { Sequence = sequence });
        if (Committed.Requests.TryGetValue(request, out known))
            Committed = Committed.With(known with { Sequence = sequence });
    }

    /// <summary>Marks the memory as possibly wrong. The ledger is read before the next decision.</summary>
    public void Invalidate() => (_mustReload, _invalidations) = (true, _invalidations + 1);

    /// <summary>Stops watching the institution.</summary>
    public void Close() => stale.Unwatch(Id, _mark);
}
