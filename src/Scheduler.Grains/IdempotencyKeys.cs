using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The idempotency keys of one institution, or of the operators (R13): the running calls, and the keys of the last seven days with the place of their answer in
/// the ledger. The answers themselves stay in the ledger. The number of keys in memory is bounded; other keys are looked up in the ledger.
/// </summary>
internal sealed class IdempotencyKeys(SeatLedger ledger, InstitutionId? institution, IClock clock, int most = Limits.KeysInMemory)
{
    private static readonly Duration _life = Duration.FromDays(Limits.IdempotencyKeyDays);

    private readonly Dictionary<(string Caller, string Key), Entry> _entries = [];
    private bool _hasOlder;

    /// <summary>The last trail entry that was read. The next reading returns only keys after this entry.</summary>
    public long LastEntry { get; private set; }

    /// <summary>Keys in memory.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds keys that were read from the ledger.</summary>
    public void Add(ImmutableArray<StoredKey> keys, long lastEntry, bool hasOlder)
    {
        foreach (var key in keys)
            Add(key);
        LastEntry = lastEntry;
        _hasOlder |= hasOlder;
        Bound();
    }

    /// <summary>The answer of an earlier call with this key; waits for a running call with the key. Null when the key is not known.</summary>
    public async ValueTask<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation)
    {
        while (true)
        {
            if (!_entries.TryGetValue((stamp.Caller, stamp.Key), out var entry) || IsOld(entry.At))
            {
                var since = clock.GetCurrentInstant() - _life;
                if (!_hasOlder || await ledger.Read.FindKey(institution, stamp.Caller, stamp.Key, since, cancellation) is not { } found)
                    return null;
                Add(found);
                continue;
            }

            if (entry.Running is { } running)
                await running.WaitAsync(cancellation);
            else
                return await Replay(entry, stamp, cancellation);
        }
    }

    /// <summary>
    /// The answer to this key when the change of a running call is already in the ledger: an earlier attempt was committed although its outcome seemed to be a
    /// failure. Null when no change of this key is known to be committed.
    /// </summary>
    public async ValueTask<CommandResult<Snapshot>?> Committed(IdempotencyStamp stamp, CancellationToken cancellation) =>
        IsCommitted(stamp) ? await Replay(_entries[(stamp.Caller, stamp.Key)], stamp, cancellation) : null;

    /// <summary>Whether the change of this key is known to be in the ledger.</summary>
    public bool IsCommitted(IdempotencyStamp stamp) => _entries.TryGetValue((stamp.Caller, stamp.Key), out var entry) && entry.Change is not null;

    /// <summary>Runs a call with a key unless the key is known. Calls with one key run one after the other.</summary>
    public async Task<CommandResult<Snapshot>> RunOnce(IdempotencyStamp stamp, Func<Task<CommandResult<Snapshot>>> run, CancellationToken cancellation)
    {
        var place = (stamp.Caller, stamp.Key);
        do
        {
            if (await Recall(stamp, cancellation) is { } known)
                return known;
        }
        while (_entries.TryGetValue(place, out var other) && !IsOld(other.At)); // another call with the key may have begun during the look-up
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = new Entry(stamp.Hash, clock.GetCurrentInstant()) { Running = done.Task };
        _entries[place] = entry;
        try
        {
            var result = await run();
            if (entry.Change is null && result is CommandResult<Snapshot>.Done(var value, _))
                entry.Answer = value;
            return result;
        }
        finally
        {
            entry.Running = null;
            if (entry is { Change: null, Answer: null })
                _entries.Remove(place);
            Bound();
            done.SetResult();
        }
    }

    /// <summary>Stores the place in the ledger of the answer to a key.</summary>
    public void Keep(IdempotencyStamp stamp, ChangeRef change)
    {
        if (_entries.TryGetValue((stamp.Caller, stamp.Key), out var entry))
            entry.Change = change;
    }

    private void Add(StoredKey key)
    {
        if (_entries.TryGetValue((key.Caller, key.Key), out var entry) && !IsOld(entry.At))
            (entry.Hash, entry.Change) = (key.Hash, key.Change);
        else
            _entries[(key.Caller, key.Key)] = new(key.Hash, key.At) { Change = key.Change };
    }

    private async ValueTask<CommandResult<Snapshot>> Replay(Entry entry, IdempotencyStamp stamp, CancellationToken cancellation)
    {
        if (entry.Hash != stamp.Hash)
            return new CommandResult<Snapshot>.KeyReused();
        var answer = entry.Answer ?? await ledger.Read.Answer(entry.Change!.Value, cancellation);
        return answer is null ? new CommandResult<Snapshot>.OutcomeUnknown() : new CommandResult<Snapshot>.Done(answer, IsReplay: true);
    }

    private bool IsOld(Instant at) => at < clock.GetCurrentInstant() - _life;

    /// <summary>Removes keys beyond the bound, the oldest first.</summary>
    private void Bound()
    {
        if (_entries.Count <= most)
            return;
        var byAge = _entries.Where(pair => pair.Value.Running is null).OrderBy(pair => pair.Value.At).ToList();
        // Removes a tenth more than needed, so that the next calls need not search again.
        foreach (var (place, entry) in byAge.Take(byAge.Count - (most * 9 / 10)))
        {
            _hasOlder |= !IsOld(entry.At);
            _entries.Remove(place);
        }
    }

    private sealed class Entry(string hash, Instant at)
    {
        public string Hash { get; set; } = hash;

        public Instant At { get; } = at;

        /// <summary>Ends when the running call has its answer; null when no call runs.</summary>
        public Task? Running { get; set; }

        /// <summary>The place of the answer in the ledger; null while the place is not known.</summary>
        public ChangeRef? Change { get; set; }

        /// <summary>The answer of a call that changed nothing.</summary>
        public Snapshot? Answer { get; set; }
    }
}
