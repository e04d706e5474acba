using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// What a queue grain remembers: the institution's state with everything committed and on its way, the version reserved for the next change, and the keys of seven days.
/// When a commit fails, those reserved behind it fail too; the memory is then loaded anew, once the last of them is back, and what failed is decided again.
/// </summary>
internal sealed class InstitutionMemory(InstitutionId id, SeatLedger ledger, IClock clock, StaleMarks marks)
{
    private static readonly Duration _storedLife = Duration.FromHours(1);

    private readonly Dictionary<(string Caller, string Key), KeyMemory> _keys = [];
    private ImmutableDictionary<(string Caller, string Key), StoredAnswer> _stored = ImmutableDictionary<(string, string), StoredAnswer>.Empty;
    private readonly StaleMark _mark = marks.Watch(id);
    private TaskCompletionSource? _idle;
    private JoinedTask? _joined;
    private Instant _loadedAt;
    private long _committedVersion;
    private int _inFlight;
    private int _keysToPrune = 1_024;
    private bool _isDoubtful = true;
    private int _doubts;

    /// <summary>The institution.</summary>
    public InstitutionId Id { get; } = id;

    /// <summary>The state, changes on their way included.</summary>
    public InstitutionState State { get; private set; } = InstitutionState.Empty;

    /// <summary>The state as of what is on disk alone: a "no" that it gives too rests on nothing that is on its way.</summary>
    public InstitutionState Committed { get; private set; } = InstitutionState.Empty;

    /// <summary>The version that the last change on its way will leave.</summary>
    public long Version { get; private set; }

    /// <summary>Ends when the change reserved last is settled. Those before it mostly are by then, but need not be: look at <see cref="IsSettled"/> again.</summary>
    public Task LastSettled { get; private set; } = Task.CompletedTask;

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsSettled => _inFlight == 0;

    /// <summary>Whether nothing speaks against the memory.</summary>
    public bool IsTrusted => !_isDoubtful;

    /// <summary>The state at an instant: holds that have lapsed by then are gone from it.</summary>
    public InstitutionState StateAt(Instant now) => State = State.At(now);

    /// <summary>Waits until the memory can be trusted.</summary>
    public async ValueTask Ready()
    {
        if (_mark.Take())
            Doubt();
        while (_isDoubtful)
        {
            if (_inFlight > 0)
                await (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            else
                await (_joined ??= new(Load)).Join();
        }
    }

    /// <summary>Whether a "no" from memory may be older than what others committed (several silos): then it is looked at once more.</summary>
    public async ValueTask<bool> MayBeOld()
    {
        if (!ledger.Feed.IsFresh)
            await ledger.Feed.Refresh();
        if (_mark.Take())
            Doubt();
        return _isDoubtful;
    }

    /// <summary>Loads everything from the ledger.</summary>
    public async Task Load()
    {
        var doubts = _doubts;
        var now = clock.GetCurrentInstant();
        var rows = await ledger.Read.Institution(Id, now);
        State = Committed = rows.State;
        Version = _committedVersion = rows.Version;
        _loadedAt = now;
        _stored = rows.Answers;
        // A doubt that came while the ledger was read may be of what was read: then it is read again.
        _isDoubtful = _doubts != doubts;
    }

    /// <summary>Takes a change on its way: in this very turn its state and version become what later ones are decided on. Gives the version that it will leave.</summary>
    public long Reserve(InstitutionState after, Task settled)
    {
        State = after;
        _inFlight++;
        LastSettled = settled;
        return ++Version;
    }

    /// <summary>
    /// A change came back, with the state it leaves when it is committed, or null. Changes are committed in the order of their versions; that they also come back in it
    /// is likely, not certain.
    /// </summary>
    public void Return(long version, InstitutionState? committed)
    {
        if (committed is null)
            Doubt();
        else if (version > _committedVersion)
            (Committed, _committedVersion) = (committed, version);
        if (--_inFlight == 0)
        {
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    /// <summary>A request that was made has got its place in time.</summary>
    public void Place(RequestId request, long sequence)
    {
        if (State.Requests.TryGetValue(request, out var known))
            State = State.With(known with { Sequence = sequence });
        if (Committed.Requests.TryGetValue(request, out known))
            Committed = Committed.With(known with { Sequence = sequence });
    }

    /// <summary>The memory was seen to be wrong.</summary>
    public void Doubt() => (_isDoubtful, _doubts) = (true, _doubts + 1);

    /// <summary>The first answer to a key; a refusal for other content; null when it is not known. A call still on its way is waited for.</summary>
    public async Task<Answer?> Recall(IdempotencyStamp stamp)
    {
        await Ready();
        while (_keys.TryGetValue((stamp.Caller, stamp.Key), out var known) && !IsOld(known))
        {
            if (await known.First is { } first)
                return known.Hash == stamp.Hash ? first with { IsReplayed = true } : Problems.KeyReused();
        }

        if (Stored(stamp) is not null && clock.GetCurrentInstant() - _loadedAt > _storedLife)
        {
            // The answer may have grown older than its seven days since it was read.
            Doubt();
            await Ready();
        }

        return Stored(stamp);
    }

    /// <summary>What the ledger showed of a key when it was last read; null for nothing.</summary>
    public Answer? Stored(IdempotencyStamp stamp) =>
        !_stored.TryGetValue((stamp.Caller, stamp.Key), out var stored) ? null
        : stored.Hash == stamp.Hash ? Records.Replay(stored)
        : Problems.KeyReused();

    /// <summary>Remembers a key's call, whose answer comes: null when it was refused, and the key is free again. False when the key is taken already.</summary>
    public bool TryRemember(IdempotencyStamp stamp, Task<Answer?> first)
    {
        if (_keys.TryGetValue((stamp.Caller, stamp.Key), out var known) && !IsOld(known))
            return false;
        if (_keys.Count >= _keysToPrune)
        {
            foreach (var (key, _) in _keys.Where(pair => IsOld(pair.Value)).ToList())
                _keys.Remove(key);
            _keysToPrune = Math.Max(1_024, 2 * _keys.Count);
        }

        _keys[(stamp.Caller, stamp.Key)] = new(stamp.Hash, first, clock.GetCurrentInstant());
        return true;
    }

    /// <summary>Forgets a key whose call was refused.</summary>
    public void Forget(IdempotencyStamp stamp) => _keys.Remove((stamp.Caller, stamp.Key));

    /// <summary>Lets go of its mark.</summary>
    public void Leave() => marks.Leave(Id, _mark);

    private bool IsOld(KeyMemory key) => key.At < clock.GetCurrentInstant() - Duration.FromDays(Limits.IdempotencyKeyDays);

    private readonly record struct KeyMemory(string Hash, Task<Answer?> First, Instant At);
}
