using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads what stands in the ledger, on threads of its own. A page is null when its cursor is none of ours. Every method throws <see cref="LedgerUnreachableException"/>
/// when the database does not answer.
/// </summary>
public sealed class LedgerReader
{
    private readonly ReadThreads _threads;
    private readonly Dialect _dialect;
    private readonly Lock _gate = new();
    private Dictionary<SlotHour, TaskCompletionSource<SlotRow>> _wanted = [];

    internal LedgerReader(ReadThreads threads, Dialect dialect)
    {
        _threads = threads;
        _dialect = dialect;
    }

    /// <summary>One slot. Callers that ask before the reading has begun share it, so that a herd costs one query; a reading under way is never joined, it may be too old.</summary>
    public Task<SlotRow> Slot(SlotHour slot)
    {
        TaskCompletionSource<SlotRow>? answer;
        lock (_gate)
        {
            if (_wanted.TryGetValue(slot, out answer))
                return answer.Task;
            answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _wanted.Add(slot, answer);
            if (_wanted.Count > 1)
                return answer.Task;
        }

        _ = ReadWanted();
        return answer.Task;
    }

    /// <summary>Several slots, each with a row or <see cref="SlotRow.None"/>.</summary>
    public Task<ImmutableDictionary<SlotHour, SlotRow>> Slots(IReadOnlyCollection<SlotHour> slots) =>
        _threads.Run(session => SlotQueries.Read(session, _dialect, slots));

    /// <summary>An institution: bookings not ended at <paramref name="now"/>, holds still marked held, queued requests, packs, and the answers of the last seven days.</summary>
    public Task<InstitutionRows> Institution(InstitutionId id, Instant now) => _threads.Run(session => InstitutionQueries.Rows(session, id, now));

    /// <summary>Answers of the last seven days to calls that concern no institution.</summary>
    public Task<ImmutableDictionary<(string Caller, string Key), StoredAnswer>> CatalogueAnswers(Instant now) =>
        _threads.Run(session => InstitutionQueries.Answers(session, "", now));

    /// <summary>A booking; null when there is none.</summary>
    public Task<Booking?> Booking(BookingId id) =>
        _threads.Run(session => session.Query($"select {RowReader.BookingColumns} from bookings where id = @id", RowReader.Booking, ("id", id.ToString())).FirstOrDefault());

    /// <summary>A hold; null when there is none.</summary>
    public Task<Hold?> Hold(HoldId id) =>
        _threads.Run(session => session.Query($"select {RowReader.HoldColumns} from holds where id = @id", RowReader.Hold, ("id", id.ToString())).FirstOrDefault());

    /// <summary>A request; null when there is none.</summary>
    public Task<Request?> Request(RequestId id) =>
        _threads.Run(session => session.Query($"select {RowReader.RequestColumns} from requests where id = @id", RowReader.Request, ("id", id.ToString())).FirstOrDefault());

    /// <summary>An institution's bookings in the order in which they were made, those with <paramref name="from"/> ≤ start &lt; <paramref name="to"/>.</summary>
    public Task<Page<Booking>?> Bookings(InstitutionId institution, Instant? from, Instant? to, BookingStatus? status, string? cursor, int limit) =>
        _threads.Run(session => InstitutionQueries.Bookings(session, institution, from, to, status, cursor, limit));

    /// <summary>
    /// Confirmed bookings with a seat in slots of the pool with <paramref name="fromMinutes"/> ≤ start &lt; <paramref name="toMinutes"/>, by start. Walks all bookings: for rare questions.
    /// </summary>
    public Task<ImmutableArray<Booking>> BookingsIn(PoolId pool, int fromMinutes, int toMinutes, int limit) =>
        _threads.Run(session => SlotQueries.BookingsIn(session, pool, fromMinutes, toMinutes, limit).ToImmutableArray());

    /// <summary>Holds still marked held with a seat in such slots, by start.</summary>
    public Task<ImmutableArray<Hold>> HoldsIn(PoolId pool, int fromMinutes, int toMinutes, int limit) =>
        _threads.Run(session => SlotQueries.HoldsIn(session, pool, fromMinutes, toMinutes, limit).ToImmutableArray());

    /// <summary>An institution's requests of every status, by sequence.</summary>
    public Task<Page<Request>?> Queue(InstitutionId institution, string? cursor, int limit) =>
        _threads.Run(session => InstitutionQueries.Queue(session, institution, cursor, limit));

    /// <summary>Queued requests for the pool whose block starts in [from, to): by weight, the heaviest first, then by sequence.</summary>
    public Task<ImmutableArray<Request>> Waiting(PoolId pool, Instant from, Instant to) =>
        _threads.Run(session => RecordQueries.Waiting(session, pool, Bound.Minutes(from), Bound.Minutes(to)));

    /// <summary>All queued requests, by sequence.</summary>
    public Task<ImmutableArray<Request>> AllWaiting() => _threads.Run(RecordQueries.AllWaiting);

    /// <summary>An institution's packs, by id.</summary>
    public Task<Page<Pack>?> Packs(InstitutionId institution, string? cursor, int limit) =>
        _threads.Run(session => InstitutionQueries.Packs(session, institution, cursor, limit));

    /// <summary>The operator's things.</summary>
    public Task<Catalogue> Catalogue() => _threads.Run(RecordQueries.Catalogue);

    /// <summary>The record, in the order of commits.</summary>
    public Task<Page<AuditRow>?> Audit(AuditQuery query) => _threads.Run(session => RecordQueries.Audit(session, _dialect, query));

    /// <summary>
    /// R13's outbox: what the institution is to be told, in the order of commits, without a gap. Its receivers pull: <c>Next</c> is where they go on, set even at the end, and an
    /// entry's id is the same after any crash.
    /// </summary>
    public Task<Page<AuditRow>?> Notices(InstitutionId institution, string? cursor, int limit) =>
        _threads.Run(session => RecordQueries.Notices(session, institution, cursor, limit));

    /// <summary>Whether the database answers.</summary>
    public async Task<bool> IsReachable()
    {
        try
        {
            return await _threads.Run(session => session.Query("select 1", row => row.GetInt32(0))[0] == 1);
        }
        catch (LedgerUnreachableException)
        {
            return false;
        }
    }

    internal Task<List<SlotSeats>> AllSlots() => _threads.Run(session => SlotQueries.All(session, null));

    private async Task ReadWanted()
    {
        Dictionary<SlotHour, TaskCompletionSource<SlotRow>>? taken = null;
        try
        {
            var rows = await _threads.Run(session =>
            {
                // A query may run a second time, for the same askers.
                lock (_gate)
                {
                    if (taken is null)
                        (taken, _wanted) = (_wanted, []);
                }

                return SlotQueries.Read(session, _dialect, taken.Keys);
            });
            foreach (var (slot, answer) in taken!)
                answer.SetResult(rows[slot]);
        }
        catch (Exception exception)
        {
            // Each asker hears of it; none may wait for ever.
            lock (_gate)
            {
                if (taken is null)
                    (taken, _wanted) = (_wanted, []);
            }

            foreach (var answer in taken.Values)
                answer.TrySetException(exception);
        }
    }
}
