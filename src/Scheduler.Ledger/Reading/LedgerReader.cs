using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads the ledger on its own threads. A page is null when its cursor is not valid. A read that is cancelled before it starts is not run. Every method throws
/// <see cref="LedgerUnreachableException"/> when the database does not answer, and <see cref="LedgerBusyException"/> when too many reads wait.
/// </summary>
public sealed class LedgerReader
{
    private readonly ReadThreads _threads;
    private readonly Dialect _dialect;
    private readonly ReachabilityProbe _probe;
    private readonly CatalogueReading _catalogue;

    internal LedgerReader(ReadThreads threads, Dialect dialect, ReachabilityProbe probe, CatalogueReading catalogue)
    {
        _threads = threads;
        _dialect = dialect;
        _probe = probe;
        _catalogue = catalogue;
    }

    /// <summary>One slot.</summary>
    public async Task<SlotRow> Slot(SlotHour slot, CancellationToken cancellation) => (await Slots([slot], cancellation))[slot];

    /// <summary>Several slots. A slot without a row has <see cref="SlotRow.None"/>.</summary>
    public Task<ImmutableDictionary<SlotHour, SlotRow>> Slots(IReadOnlyCollection<SlotHour> slots, CancellationToken cancellation) =>
        _threads.Run(session => SlotQueries.Read(session, _dialect, slots), cancellation);

    /// <summary>
    /// An institution: bookings not ended at <paramref name="now"/>, holds still marked held, queued requests, packs, and the idempotency keys of the last
    /// seven days after an entry of its trail (0 for all).
    /// </summary>
    public Task<InstitutionRows> Institution(InstitutionId id, Instant now, long afterEntry, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.Rows(session, id, now, afterEntry), cancellation);

    /// <summary>The idempotency keys of the operator's changes, of the last seven days, after an entry of the operator's trail (0 for all).</summary>
    public Task<KeyRows> CatalogueKeys(Instant now, long afterEntry, CancellationToken cancellation) =>
        _threads.Run(session => session.Snapshot(() => KeyQueries.Newest(session, "", now, afterEntry)), cancellation);

    /// <summary>
    /// The last use of an idempotency key since an instant: in the institution's changes, or in the operator's changes when <paramref name="institution"/> is
    /// null. Returns null when the key was not used.
    /// </summary>
    public Task<StoredKey?> FindKey(InstitutionId? institution, string caller, string key, Instant since, CancellationToken cancellation) =>
        _threads.Run(session => KeyQueries.Find(session, institution?.Text ?? "", caller, key, since), cancellation);

    /// <summary>The snapshot after a change: the first answer to its call. Null when the change has no such snapshot.</summary>
    public Task<Snapshot?> Answer(ChangeRef change, CancellationToken cancellation) =>
        _threads.Run(session => KeyQueries.Answer(session, change), cancellation);

    /// <summary>The pool's capacity before the advised raise to this version; null when another change made the version, or none.</summary>
    public Task<PoolCapacity?> CapacityBeforeRaise(PoolId pool, int version, CancellationToken cancellation) =>
        _threads.Run(session => CapacityQueries.BeforeRaise(session, pool, version), cancellation);

    /// <summary>The change that made this version of a pool's capacity, with the capacity before; null when it cannot be found any more.</summary>
    public Task<AuditRow?> CapacityChange(PoolId pool, int version, CancellationToken cancellation) =>
        _threads.Run(session => CapacityQueries.ChangeTo(session, pool, version), cancellation);

    /// <summary>The blocks, of all pools, that institutions asked for with a slot in the range: booked, unserved, or refused.</summary>
    public Task<List<AskedBlock>> Demand(Instant from, Instant to, CancellationToken cancellation) =>
        _threads.Run(session => DemandQueries.Read(session, from, to), cancellation);

    /// <summary>The blocks of a pool with a slot in the range for which requests of any institution wait; flexible ones at their preferred start.</summary>
    public Task<List<AskedBlock>> QueuedBlocks(PoolId pool, Instant from, Instant to, CancellationToken cancellation) =>
        _threads.Run(session => DemandQueries.QueuedBlocks(session, pool, from, to), cancellation);

    /// <summary>Plans whose files can go: their run ended before an instant, and the range of a plan that is ready was over before another.</summary>
    public Task<ImmutableArray<PlanRow>> PlansWithOldFiles(Instant endedBefore, Instant overBefore, int limit, CancellationToken cancellation) =>
        _threads.Run(session => PlanQueries.WithOldFiles(session, _dialect, endedBefore, overBefore, limit), cancellation);

    /// <summary>A booking; null when there is none.</summary>
    public Task<Booking?> Booking(BookingId id, CancellationToken cancellation) =>
        First($"select {RowReader.BookingColumns} from bookings where id = @id", RowReader.Booking, id.ToString(), cancellation);

    /// <summary>A hold; null when there is none.</summary>
    public Task<Hold?> Hold(HoldId id, CancellationToken cancellation) =>
        First($"select {RowReader.HoldColumns} from holds where id = @id", RowReader.Hold, id.ToString(), cancellation);

    /// <summary>A pack with its institution; null when there is none.</summary>
    public Task<PackSnapshot?> Pack(PackId id, CancellationToken cancellation) => First(
        $"select {RowReader.PackColumns}, institution from packs where id = @id",
        row => new PackSnapshot(InstitutionId.Of(row.GetString(6)), RowReader.Pack(row)), id.ToString(), cancellation);

    /// <summary>Packs with vouchers left whose last day is at most some days after a day, by a day more or less, which the zones make.</summary>
    public Task<ImmutableArray<PackSnapshot>> PacksEnding(LocalDate today, int days, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.PacksEnding(session, today.PlusDays(-1), today.PlusDays(days + 1)), cancellation);

    /// <summary>An institution's confirmed bookings that have vouchers of a pack, also bookings that have ended.</summary>
    public Task<ImmutableArray<Booking>> BookingsOf(InstitutionId institution, PackId pack, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.BookingsOf(session, institution, pack), cancellation);

    /// <summary>A request; null when there is none.</summary>
    public Task<Request?> Request(RequestId id, CancellationToken cancellation) =>
        First($"select {RowReader.RequestColumns} from requests where id = @id", RowReader.Request, id.ToString(), cancellation);

    /// <summary>An institution's bookings in the order in which they were made.</summary>
    public Task<Page<Booking>?> Bookings(InstitutionId institution, BookingFilter filter, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.Bookings(session, institution, filter, cursor, limit), cancellation);

    /// <summary>A pool's bookings of all institutions, by id and so by age. A page may read all bookings, so use the query rarely.</summary>
    public Task<Page<Booking>?> Bookings(PoolBookings query, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => PoolQueries.Bookings(session, query, cursor, limit), cancellation);

    /// <summary>
    /// The confirmed bookings, and the holds that are live at <paramref name="now"/>, with a seat in slots of a pool, given by their starts in minutes: at most
    /// <paramref name="limit"/> of each, by start, and how many there are. The query reads all bookings, so use it rarely.
    /// </summary>
    public Task<SeatedIn> SeatedIn(PoolId pool, IReadOnlySet<int> slots, Instant now, int limit, CancellationToken cancellation) =>
        _threads.Run(session => PoolQueries.SeatedIn(session, pool, slots, now, limit), cancellation);

    /// <summary>Confirmed bookings with a seat in some slots, by start. The query reads all bookings, so use it rarely.</summary>
    public Task<ImmutableArray<Booking>> BookingsIn(SlotRange slots, int limit, CancellationToken cancellation) =>
        _threads.Run(session => SlotQueries.BookingsIn(session, slots, limit).ToImmutableArray(), cancellation);

    /// <summary>Holds still marked held with a seat in some slots, by start.</summary>
    public Task<ImmutableArray<Hold>> HoldsIn(SlotRange slots, int limit, CancellationToken cancellation) =>
        _threads.Run(session => SlotQueries.HoldsIn(session, slots, limit).ToImmutableArray(), cancellation);

    /// <summary>An institution's holds: live ones, then those made within <see cref="Limits.HoldListDays"/> that ended; the newest first in both.</summary>
    public Task<Page<Hold>?> Holds(InstitutionId institution, Instant now, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => HoldQueries.Holds(session, _dialect, institution, now, cursor, limit), cancellation);

    /// <summary>Confirmed bookings that have not ended, live holds, and waiting requests that lie ahead. May read all bookings: use it rarely.</summary>
    public Task<ToCome> ToCome(ToComeFilter filter, Instant now, CancellationToken cancellation) =>
        _threads.Run(session => ToComeQueries.Read(session, _dialect, _catalogue, filter, now), cancellation);

    /// <summary>An institution's requests of every status, by sequence.</summary>
    public Task<Page<Request>?> Queue(InstitutionId institution, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.Queue(session, institution, cursor, limit), cancellation);

    /// <summary>How many requests of an institution wait: flexible ones, and waitlist entries whose start is to come.</summary>
    public Task<int> QueuedCount(InstitutionId institution, Instant now, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.QueuedCount(session, institution, (int)(now.ToUnixTimeSeconds() / 60)), cancellation);

    /// <summary>Seats placed, and seats asked for, by requests of all institutions, save withdrawn ones. Reads all requests, so use it rarely.</summary>
    public Task<(long Placed, long Asked)> Served(Instant since, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.Served(session, (int)(since.ToUnixTimeSeconds() / 60)), cancellation);

    /// <summary>Queued waitlist entries for the pool whose block starts in [from, to): by weight, the heaviest first, then by sequence.</summary>
    public Task<ImmutableArray<Request>> QueuedRequests(PoolId pool, Instant from, Instant to, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.QueuedRequests(session, pool, SlotMinutesUp.Of(from), SlotMinutesUp.Of(to)), cancellation);

    /// <summary>The queued flexible requests of a pool, of all institutions: by weight, the heaviest first, then by sequence.</summary>
    public Task<List<QueuedSeats>> QueuedSeats(PoolId pool, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.QueuedSeats(session, pool), cancellation);

    /// <summary>All queued flexible requests, by sequence.</summary>
    public Task<ImmutableArray<Request>> FlexibleRequests(CancellationToken cancellation) => _threads.Run(RecordQueries.FlexibleRequests, cancellation);

    /// <summary>All queued waitlist entries, by sequence.</summary>
    public Task<ImmutableArray<Request>> AllQueuedRequests(CancellationToken cancellation) => _threads.Run(RecordQueries.AllQueuedRequests, cancellation);

    /// <summary>Seats booked and seats used, by institution, programme and start (R18).</summary>
    public Task<List<SeatUse>> Use(UseFilter filter, CancellationToken cancellation) =>
        _threads.Run(session => UseQueries.Read(session, _dialect, filter), cancellation);

    /// <summary>An institution's packs, by id. Holds that have lapsed at <paramref name="now"/> take no vouchers (R10).</summary>
    public Task<Page<Pack>?> Packs(InstitutionId institution, Instant now, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => InstitutionQueries.Packs(session, institution, now, cursor, limit), cancellation);

    /// <summary>Where the vouchers of an institution's packs are, by the packs' ids, all of one moment.</summary>
    public Task<ImmutableArray<PackUse>> PackUses(InstitutionId institution, Instant now, CancellationToken cancellation) =>
        _threads.Run(session => PackQueries.Uses(session, institution, now), cancellation);

    /// <summary>The catalogue. Entries of a kind or a form that a later version wrote are skipped.</summary>
    public Task<Catalogue> Catalogue(CancellationToken cancellation) => _threads.Run(_catalogue.Read, cancellation);

    /// <summary>The last changes of an entry of the catalogue, the newest first.</summary>
    public Task<List<AuditRow>> Changes(CatalogueEntry entry, int limit, CancellationToken cancellation) =>
        _threads.Run(session => EntryQueries.Changes(session, _dialect, entry, limit), cancellation);

    /// <summary>The catalogue and the last change of each committer, both of one moment.</summary>
    public Task<(Catalogue Catalogue, LedgerMark Mark)> MarkedCatalogue(CancellationToken cancellation) =>
        _threads.Run(session => session.Snapshot(() => (_catalogue.Read(session), ToComeQueries.Mark(session, _dialect))), cancellation);

    /// <summary>The changes of one booking, in the order of commits; null when the cursor is not one that the list gave.</summary>
    public Task<Page<AuditRow>?> History(InstitutionId institution, BookingId booking, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.History(session, institution, booking, cursor, limit), cancellation);

    /// <summary>The changes as the audit shows them, in the order of commits or the newest first.</summary>
    public Task<Page<AuditRow>?> Audit(AuditQuery query, CancellationToken cancellation) =>
        _threads.Run(session => AuditQueries.Read(session, _dialect, query), cancellation);

    /// <summary>
    /// R13's outbox: the changes of which the institution gets a notice, in the order of commits, without a gap. An entry's id stays the same after a crash.
    /// <see cref="NoticeCursor"/> gives the cursor after the last page.
    /// </summary>
    public Task<Page<AuditRow>?> Notices(InstitutionId institution, string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.Notices(session, _dialect, institution, cursor, limit), cancellation);

    /// <summary>The cursor of the page of notices after the notice of this id; null when the institution got no such notice.</summary>
    public Task<string?> NoticeCursor(InstitutionId institution, string id, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.NoticeCursor(session, institution, id), cancellation);

    /// <summary>When each booking of an institution was last changed.</summary>
    public Task<Dictionary<BookingId, Instant>> LastChanges(InstitutionId institution, CancellationToken cancellation) =>
        _threads.Run(session => RecordQueries.LastChanges(session, institution), cancellation);

    /// <summary>A plan; null when there is none.</summary>
    public Task<PlanRow?> Plan(PlanId id, CancellationToken cancellation) => _threads.Run(session => PlanQueries.Plan(session, id), cancellation);

    /// <summary>All plans, the newest first.</summary>
    public Task<Page<PlanRow>?> Plans(string? cursor, int limit, CancellationToken cancellation) =>
        _threads.Run(session => PlanQueries.Plans(session, cursor, limit), cancellation);

    /// <summary>All that a plan of this scope needs, of one moment. A hold lives when its end is after the instant. Use it rarely.</summary>
    public Task<SeasonCut> SeasonCut(PlanScope scope, Instant now, CancellationToken cancellation) =>
        _threads.Run(session => SeasonCutQueries.Read(session, _dialect, _catalogue, scope, now), cancellation);

    /// <summary>The plans whose status is running.</summary>
    public Task<ImmutableArray<PlanRow>> RunningPlans(CancellationToken cancellation) => _threads.Run(PlanQueries.Running, cancellation);

    /// <summary>A file of a plan, as it was stored; null when there is none.</summary>
    public Task<ImmutableArray<byte>?> PlanFile(PlanId id, PlanFileKind kind, CancellationToken cancellation) =>
        _threads.Run(session => PlanQueries.File(session, id, kind), cancellation);

    /// <summary>The plan that was applied for a whole opening (R16), by the hash of the opening's seed; null as long as none was.</summary>
    public Task<PlanRow?> OpeningPlan(string seedHash, CancellationToken cancellation) =>
        _threads.Run(session => PlanQueries.Opening(session, _dialect, seedHash), cancellation);

    /// <summary>What the last plan said about requests. A request that no plan has met, or that the last one served in full, is absent.</summary>
    public Task<ImmutableArray<PlanReason>> PlanReasons(IReadOnlyCollection<RequestId> requests, CancellationToken cancellation) =>
        _threads.Run(session => PlanQueries.Reasons(session, _dialect, requests), cancellation);

    /// <summary>What the application of a plan rests on, of one moment: the catalogue, the institutions with their versions, and the slots.</summary>
    public Task<PlanInput> PlanInput(IReadOnlyCollection<PlanEntry> entries, Instant now, CancellationToken cancellation) =>
        _threads.Run(session => PlanReading.Read(session, _dialect, _catalogue, entries, now), cancellation);

    /// <summary>All private rows of a kind, by id.</summary>
    public Task<List<PrivateRow>> PrivateRows(PrivateKind kind, CancellationToken cancellation) =>
        _threads.Run(session => PrivateQueries.All(session, kind), cancellation);

    /// <summary>A private row; null when there is none.</summary>
    public Task<PrivateRow?> PrivateRow(PrivateKind kind, string id, CancellationToken cancellation) =>
        _threads.Run(session => PrivateQueries.One(session, kind, id), cancellation);

    /// <summary>Whether the database answers. Answers within two seconds even when the database does not, and never waits behind other reads.</summary>
    public Task<bool> IsReachable(CancellationToken cancellation) => _probe.IsReachable(cancellation);

    internal Task<List<SlotSeats>> AllSlots(CancellationToken cancellation) => _threads.Run(SlotQueries.All, cancellation);

    private Task<T?> First<T>(string text, Func<System.Data.Common.DbDataReader, T> map, string id, CancellationToken cancellation) where T : class =>
        _threads.Run(session => session.Query(text, map, ("id", id)).FirstOrDefault(), cancellation);
}
