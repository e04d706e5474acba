using System.Collections.Immutable;
using System.Diagnostics;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The net effect of a batch: one update per slot, institution, pack and hold, for any number of changes. A row that the batch makes and then changes is
/// written once. Slots, institutions, packs and ended holds are in the fixed order in which rows are locked.
/// </summary>
internal sealed class BatchNet
{
    private readonly SortedDictionary<SlotHour, SlotNet> _slots = [];
    private readonly SortedDictionary<string, InstitutionNet> _institutions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<PackId, int> _packs = [];
    private readonly SortedDictionary<Guid, RowWrite.HoldEnded> _ends = [];
    private readonly Dictionary<BookingId, RowState<Booking>> _bookings = [];
    private readonly Dictionary<HoldId, Hold> _holds = [];
    private readonly Dictionary<RequestId, RowState<Request>> _requests = [];
    private readonly Dictionary<PackId, (InstitutionId Institution, Pack Pack)> _packsMade = [];
    private readonly List<TrailRow> _trail = [];

    private BatchNet(IReadOnlyList<PreparedChange> changes)
    {
        Changes = changes;
        for (var i = 0; i < changes.Count; i++)
            Add(changes[i].Change, i);
    }

    public IReadOnlyList<PreparedChange> Changes { get; }

    /// <summary>
    /// Whether two changes exclude each other (their versions do not follow each other, or a hold ends twice). Then a replay decides which change is written.
    /// </summary>
    public bool HasConflict { get; private set; }

    public IReadOnlyCollection<SlotNet> Slots => _slots.Values;

    public IReadOnlyCollection<InstitutionNet> Institutions => _institutions.Values;

    public IReadOnlyDictionary<PackId, int> Packs => _packs;

    public IReadOnlyCollection<RowWrite.HoldEnded> HoldsEnded => _ends.Values;

    public IEnumerable<RowState<Booking>> Bookings => _bookings.Values;

    public IEnumerable<Hold> HoldsMade => _holds.Values;

    public IReadOnlyCollection<RowState<Request>> Requests => _requests.Values;

    public IEnumerable<(InstitutionId Institution, Pack Pack)> PacksMade => _packsMade.Values;

    /// <summary>Packs that were corrected. Such a change is written alone.</summary>
    public List<Pack> PacksChanged { get; } = [];

    /// <summary>Catalogue entries to write, each with the index of its change.</summary>
    public List<(RowWrite.CataloguePut Put, int Change)> CataloguePuts { get; } = [];

    /// <summary>Plans, their files and their reasons, in the order in which they are written. Such a change is written alone.</summary>
    public List<RowWrite> PlanRows { get; } = [];

    /// <summary>Private rows. Such a change is written alone.</summary>
    public List<PrivateRow> PrivateRows { get; } = [];

    /// <summary>The catalogue entries on which new bookings, holds and requests rest. None of them may be retired.</summary>
    public HashSet<(string Kind, string Id)> Rested { get; } = [];

    /// <summary>Acts of operators on bookings that are not among <see cref="Bookings"/>.</summary>
    public List<(BookingId Booking, OperatorAct Act)> Acts { get; } = [];

    public IReadOnlyList<TrailRow> Trail => _trail;

    /// <summary>The capacities that a replay decided.</summary>
    public IReadOnlyList<CapacityRow> Capacities { get; set; } = [];

    /// <summary>Seats beyond forced capacities, by index of the change. Only a replay calculates them.</summary>
    public IReadOnlyDictionary<int, ImmutableArray<Shortfall>> Shortfalls { get; set; } =
        ImmutableDictionary<int, ImmutableArray<Shortfall>>.Empty;

    /// <summary>The text of the snapshot after a change, with the shortfalls of a forced capacity.</summary>
    public string? AfterOf(int change) =>
        Changes[change].Record.After is CapacitySnapshot capacity && Shortfalls.TryGetValue(change, out var over) && !over.IsEmpty
        ? SnapshotText.Write(capacity with { Shortfalls = over })
        : Changes[change].After;

    /// <summary>
    /// R15: records an operator's act on the bookings in slots that a forced capacity made short. Each institution gets one notice, and a new version, so that
    /// no decision on the bookings without the act is committed.
    /// </summary>
    public void AddShortfallNotices(int change, ImmutableArray<BookedBlock> booked, IReadOnlyDictionary<InstitutionId, long> versions)
    {
        var record = Changes[change].Record;
        var act = new OperatorAct(OperatorActKind.Shortfall, record.At, record.Why);
        foreach (var blocks in booked.GroupBy(block => block.Institution))
        {
            var institution = InstitutionRow(blocks.Key.Text);
            if (institution.Versions == 0)
                institution.Decided = versions[blocks.Key];
            institution.Versions++;
            var owner = blocks.Key.Text;
            _trail.Add(new() { Institution = owner, Ordinal = NextEntry(owner), Change = change, Flags = TrailRow.Notice | TrailRow.NoticeOnly });
            foreach (var block in blocks)
            {
                Acts.Add((block.Id, act));
                var flags = TrailRow.Further | TrailRow.Changed;
                _trail.Add(new() { Institution = owner, Ordinal = NextEntry(owner), Change = change, Flags = flags, Booking = block.Id, Ends = block.End });
            }
        }
    }

    public static BatchNet Of(IReadOnlyList<PreparedChange> changes) => new(changes);

    private void Add(Change change, int index)
    {
        foreach (var delta in change.Slots)
        {
            if (!_slots.TryGetValue(delta.Slot, out var net))
                _slots.Add(delta.Slot, net = new(delta.Slot));
            net.Booked += delta.Booked;
            net.Held += delta.Held;
            net.IsGuarded |= delta.Booked + delta.Held > 0;
        }

        foreach (var delta in change.Packs)
        {
            if (_packsMade.TryGetValue(delta.Pack, out var made))
                _packsMade[delta.Pack] = made with { Pack = made.Pack with { Taken = made.Pack.Taken + delta.Taken } };
            else
                _packs[delta.Pack] = _packs.GetValueOrDefault(delta.Pack) + delta.Taken;
        }

        if (change.Guard is { } guard)
        {
            var institution = InstitutionRow(guard.Institution.Text);
            if (institution.Versions == 0)
                institution.Decided = guard.Decided;
            else
                HasConflict |= guard.Decided != institution.Decided + institution.Versions;
            institution.Versions++;
        }

        foreach (var row in change.Rows)
        {
            Add(row, index);
            Rested.UnionWith(RestsOn.Keys(row));
        }

        AddTrail(change, index);
    }

    private void Add(RowWrite row, int index)
    {
        switch (row)
        {
            case RowWrite.BookingMade { Booking: var booking }:
                _bookings[booking.Id] = new(booking, true);
                CountOnline(booking, 1);
                break;
            case RowWrite.BookingChanged { Booking: var booking }:
                _bookings[booking.Id] = new(booking, _bookings.TryGetValue(booking.Id, out var was) && was.IsNew);
                if (booking.Status == BookingStatus.Cancelled)
                    CountOnline(booking, -1);
                break;
            case RowWrite.HoldMade { Hold: var hold }:
                _holds[hold.Id] = hold;
                break;
            case RowWrite.HoldEnded ended when _holds.TryGetValue(ended.Hold, out var made):
                HasConflict |= made.Status != HoldStatus.Held;
                _holds[ended.Hold] = made with { Status = ended.Status, Booking = ended.Booking };
                break;
            case RowWrite.HoldEnded ended:
                HasConflict |= !_ends.TryAdd(ended.Hold.Value, ended);
                break;
            case RowWrite.RequestMade { Request: var request }:
                _requests[request.Id] = new(request, true);
                break;
            case RowWrite.RequestChanged { Request: var request }:
                _requests[request.Id] = new(request, _requests.TryGetValue(request.Id, out var before) && before.IsNew);
                break;
            case RowWrite.PackMade made:
                _packsMade[made.Pack.Id] = (made.Institution, made.Pack);
                break;
            case RowWrite.PackChanged changed:
                PacksChanged.Add(changed.Pack);
                break;
            case RowWrite.CataloguePut put:
                CataloguePuts.Add((put, index));
                break;
            case RowWrite.PlanPut or RowWrite.PlanFile or RowWrite.PlanFilesRemoved or RowWrite.PlanReasons or RowWrite.SittingsRefused:
                PlanRows.Add(row);
                break;
            case RowWrite.PrivatePut put:
                PrivateRows.Add(put.Row);
                break;
            case RowWrite.CapacitySet or RowWrite.CatalogueUnchanged or RowWrite.NothingRests:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void CountOnline(Booking booking, int by)
    {
        if (booking.Sitting.Mode != DeliveryMode.Online)
            return;
        var institution = InstitutionRow(booking.Sitting.Institution.Text);
        institution.Online += by;
        institution.Overseen += booking.Overseen ? by : 0;
    }

    private void AddTrail(Change change, int index)
    {
        var record = change.Record;
        var owner = record.Institution?.Text ?? "";
        long? key = record.Stamp is { } stamp ? KeyQueries.HashOf(stamp.Caller, stamp.Key) : null;
        var bookings = change.Rows.Select(TrailRow.BookingOf).Where(row => row.Booking is not null).ToList();
        var own = bookings.FindIndex(row => row.Booking!.Sitting.Institution.Text == owner);
        var (booking, flags) = own < 0 ? (null, 0) : bookings[own];
        flags |= record.Notice ? TrailRow.Notice : 0;
        _trail.Add(new()
        {
            Institution = owner, Ordinal = NextEntry(owner), Change = index, Flags = flags, Key = key, Booking = booking?.Id, Ends = TrailRow.EndOf(booking),
        });
        // The catalogue grain must recognise the repeat of an operator's command for any institution, so the key is written to the operator's trail too.
        if (change.Guard is null && key is not null && owner.Length > 0)
            _trail.Add(new() { Institution = "", Ordinal = NextEntry(""), Change = index, Key = key });
        for (var i = 0; i < bookings.Count; i++)
        {
            if (i == own)
                continue;
            var institution = bookings[i].Booking!.Sitting.Institution.Text;
            _trail.Add(new()
            {
                Institution = institution, Ordinal = NextEntry(institution), Change = index, Flags = TrailRow.Further | bookings[i].Flags,
                Booking = bookings[i].Booking!.Id, Ends = TrailRow.EndOf(bookings[i].Booking),
            });
        }
    }

    private int NextEntry(string institution) => InstitutionRow(institution).Entries++;

    private InstitutionNet InstitutionRow(string id)
    {
        if (!_institutions.TryGetValue(id, out var net))
            _institutions.Add(id, net = new(id));
        return net;
    }
}
