using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What a batch does to one slot. Guarded when any of its changes adds seats: freeing, and confirming a hold, ask nothing.</summary>
internal sealed record SlotNet(SlotHour Slot)
{
    public int Booked { get; set; }

    public int Held { get; set; }

    public bool IsGuarded { get; set; }
}

/// <summary>What a batch does to one institution's row; its id is empty for the operator's things.</summary>
internal sealed record InstitutionNet(string Id)
{
    /// <summary>The version that the first change of the chain was decided on.</summary>
    public long Decided { get; set; }

    public int Versions { get; set; }

    public int Online { get; set; }

    public int Entries { get; set; }
}

/// <summary>A row made or replaced in a batch.</summary>
internal sealed record RowState<T>(T Value, bool IsNew);

/// <summary>A row of the trail, numbered within its institution from 0.</summary>
internal sealed record TrailRow(string Institution, int Ordinal, int Change, int Flags, Booking? Booking);

/// <summary>A capacity that is set, with the shortfall it leaves.</summary>
internal readonly record struct CapacityRow(SlotHour Slot, int Capacity, int Shortfall);

/// <summary>
/// A batch netted: one update per slot, institution, pack and hold, whatever the number of changes; rows made and changed within it are written once. Everything is in the fixed
/// order in which it is locked.
/// </summary>
internal sealed class BatchNet
{
    public const int Keyed = 1;
    public const int Notice = 2;
    public const int Further = 4;
    public const int Changed = 8;

    private readonly SortedDictionary<SlotHour, SlotNet> _slots = [];
    private readonly SortedDictionary<string, InstitutionNet> _institutions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<PackId, int> _packs = [];
    private readonly SortedDictionary<Guid, RowWrite.HoldEnded> _ends = [];
    private readonly Dictionary<BookingId, RowState<Booking>> _bookings = [];
    private readonly Dictionary<HoldId, Hold> _holds = [];
    private readonly Dictionary<RequestId, RowState<Request>> _requests = [];
    private readonly Dictionary<PackId, (InstitutionId Institution, Pack Pack)> _packsMade = [];
    private readonly List<TrailRow> _trail = [];

    private BatchNet(IReadOnlyList<Change> changes)
    {
        Changes = changes;
        for (var i = 0; i < changes.Count; i++)
            Add(changes[i], i);
    }

    public IReadOnlyList<Change> Changes { get; }

    /// <summary>Two changes cannot both stand (a chain of versions has a break, a hold ends twice): only a replay can tell which.</summary>
    public bool HasConflict { get; private set; }

    public IReadOnlyCollection<SlotNet> Slots => _slots.Values;

    public IReadOnlyCollection<InstitutionNet> Institutions => _institutions.Values;

    public IReadOnlyDictionary<PackId, int> Packs => _packs;

    public IReadOnlyCollection<RowWrite.HoldEnded> HoldsEnded => _ends.Values;

    public IEnumerable<RowState<Booking>> Bookings => _bookings.Values;

    public IEnumerable<Hold> HoldsMade => _holds.Values;

    public IReadOnlyCollection<RowState<Request>> Requests => _requests.Values;

    public IEnumerable<(InstitutionId Institution, Pack Pack)> PacksMade => _packsMade.Values;

    /// <summary>Entries, with the place of their change.</summary>
    public List<(RowWrite.CataloguePut Put, int Change)> CataloguePuts { get; } = [];

    public List<ApiKeyId> KeysRevoked { get; } = [];

    public IReadOnlyList<TrailRow> Trail => _trail;

    /// <summary>Capacities as a replay decided them.</summary>
    public IReadOnlyList<CapacityRow> Capacities { get; set; } = [];

    /// <summary>What forced capacities left over, by change; only a replay knows.</summary>
    public IReadOnlyDictionary<int, ImmutableArray<Shortfall>> Shortfalls { get; set; } =
        ImmutableDictionary<int, ImmutableArray<Shortfall>>.Empty;

    /// <summary>The record's after, with what a forced capacity left over where the change asked for it.</summary>
    public string? AfterOf(int change) => Changes[change].AfterOf is { } make
        ? make(Shortfalls.TryGetValue(change, out var over) ? over : [])
        : Changes[change].Record.After;

    public static BatchNet Of(IReadOnlyList<Change> changes) => new(changes);

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
            Add(row, index);
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
            case RowWrite.CataloguePut put:
                CataloguePuts.Add((put, index));
                break;
            case RowWrite.KeyRevoked revoked:
                KeysRevoked.Add(revoked.Key);
                break;
            case RowWrite.CapacitySet:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void CountOnline(Booking booking, int by)
    {
        if (booking.Sitting.Mode == DeliveryMode.Online)
            InstitutionRow(booking.Sitting.Institution.Text).Online += by;
    }

    private void AddTrail(Change change, int index)
    {
        var record = change.Record;
        var owner = record.Institution?.Text ?? "";
        var flags = (record.Stamp is null ? 0 : Keyed) | (record.Notice ? Notice : 0);
        var bookings = change.Rows.Select(OfBooking).Where(row => row.Booking is not null).ToList();
        var own = bookings.FindIndex(row => row.Booking!.Sitting.Institution.Text == owner);
        AddTrail(owner, index, own < 0 ? flags : flags | bookings[own].Flags, own < 0 ? null : bookings[own].Booking);
        // An operator's command is repeated to the catalogue, whomever it concerns: its answer must be found there.
        if (change.Guard is null && record.Stamp is not null && owner.Length > 0)
            AddTrail("", index, Keyed, null);
        for (var i = 0; i < bookings.Count; i++)
        {
            if (i != own)
                AddTrail(bookings[i].Booking!.Sitting.Institution.Text, index, Further | bookings[i].Flags, bookings[i].Booking);
        }
    }

    private static (Booking? Booking, int Flags) OfBooking(RowWrite row) => row switch
    {
        RowWrite.BookingMade made => (made.Booking, 0),
        RowWrite.BookingChanged changed => (changed.Booking, Changed),
        _ => (null, 0),
    };

    private void AddTrail(string institution, int index, int flags, Booking? booking) =>
        _trail.Add(new(institution, InstitutionRow(institution).Entries++, index, flags, booking));

    private InstitutionNet InstitutionRow(string id)
    {
        if (!_institutions.TryGetValue(id, out var net))
            _institutions.Add(id, net = new(id));
        return net;
    }
}

/// <summary>R10: a hold whose time has run out, as a change like any other, so that its seats, vouchers, record and feed go the one way.</summary>
internal static class Lapse
{
    public const string Kind = "hold_lapsed";

    public static Change Of(Hold hold, Instant now) => new()
    {
        Record = new() { At = now, Who = "clock", Kind = Kind, Subject = hold.Id.ToString(), Institution = hold.Sitting.Institution },
        Slots = [.. Enumerable.Range(0, hold.Sitting.Profile.Slots).Select(k => new SlotDelta(hold.Sitting.Slot(k), 0, -hold.Sitting.Profile[k]))],
        Packs = [.. hold.Sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, -draw.Vouchers))],
        Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Lapsed, null)],
    };
}
