using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what stands in the ledger. Never on a grain's thread; a page is null when its cursor is none of ours.</summary>
public sealed class LedgerReader
{
    /// <summary>One slot; reads of many callers that ask at once are joined.</summary>
    public Task<SlotRow> Slot(SlotHour slot) => throw new NotImplementedException();

    /// <summary>Several slots, each with a row or <see cref="SlotRow.None"/>.</summary>
    public Task<ImmutableDictionary<SlotHour, SlotRow>> Slots(IReadOnlyCollection<SlotHour> slots) => throw new NotImplementedException();

    /// <summary>An institution: bookings not ended at <paramref name="now"/>, holds still marked held, queued requests, packs, and the answers of the last seven days.</summary>
    public Task<InstitutionRows> Institution(InstitutionId id, Instant now) => throw new NotImplementedException();

    /// <summary>Answers of the last seven days to calls that concern no institution.</summary>
    public Task<ImmutableDictionary<(string Caller, string Key), StoredAnswer>> CatalogueAnswers(Instant now) => throw new NotImplementedException();

    /// <summary>A booking; null when there is none.</summary>
    public Task<Booking?> Booking(BookingId id) => throw new NotImplementedException();

    /// <summary>A hold; null when there is none.</summary>
    public Task<Hold?> Hold(HoldId id) => throw new NotImplementedException();

    /// <summary>A request; null when there is none.</summary>
    public Task<Request?> Request(RequestId id) => throw new NotImplementedException();

    /// <summary>An institution's bookings in the order in which they were made, those with <paramref name="from"/> ≤ start &lt; <paramref name="to"/>.</summary>
    public Task<Page<Booking>?> Bookings(InstitutionId institution, Instant? from, Instant? to, BookingStatus? status, string? cursor, int limit) =>
        throw new NotImplementedException();

    /// <summary>Confirmed bookings with a seat in slots of the pool with <paramref name="fromMinutes"/> ≤ start &lt; <paramref name="toMinutes"/>, by start.</summary>
    public Task<ImmutableArray<Booking>> BookingsIn(PoolId pool, int fromMinutes, int toMinutes, int limit) => throw new NotImplementedException();

    /// <summary>Holds still marked held with a seat in such slots, by start.</summary>
    public Task<ImmutableArray<Hold>> HoldsIn(PoolId pool, int fromMinutes, int toMinutes, int limit) => throw new NotImplementedException();

    /// <summary>An institution's requests of every status, by sequence.</summary>
    public Task<Page<Request>?> Queue(InstitutionId institution, string? cursor, int limit) => throw new NotImplementedException();

    /// <summary>Queued requests for the pool whose block starts in [from, to): by weight, the heaviest first, then by sequence.</summary>
    public Task<ImmutableArray<Request>> Waiting(PoolId pool, Instant from, Instant to) => throw new NotImplementedException();

    /// <summary>All queued requests, by sequence.</summary>
    public Task<ImmutableArray<Request>> AllWaiting() => throw new NotImplementedException();

    /// <summary>An institution's packs, by id.</summary>
    public Task<Page<Pack>?> Packs(InstitutionId institution, string? cursor, int limit) => throw new NotImplementedException();

    /// <summary>The operator's things.</summary>
    public Task<Catalogue> Catalogue() => throw new NotImplementedException();

    /// <summary>The record, oldest first.</summary>
    public Task<Page<AuditRow>?> Audit(AuditQuery query) => throw new NotImplementedException();

    /// <summary>R13's outbox: what the institution is to be told, in the order of commits; a cursor at its end finds later ones.</summary>
    public Task<Page<AuditRow>?> Notices(InstitutionId institution, string? cursor, int limit) => throw new NotImplementedException();

    /// <summary>Holds still marked held that have lapsed by <paramref name="now"/>, oldest first.</summary>
    public Task<ImmutableArray<Hold>> DueHolds(Instant now, int limit) => throw new NotImplementedException();

    /// <summary>Whether the database answers.</summary>
    public Task<bool> IsReachable() => throw new NotImplementedException();
}
