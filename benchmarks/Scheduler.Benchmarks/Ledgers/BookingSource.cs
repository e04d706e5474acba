using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// Bookings as grains commit them, in the order of their institutions' versions. They are made in advance, so that the making is not measured.
/// </summary>
internal sealed class BookingSource
{
    private const int HotSlots = 6;
    private const string Caller = "0199a000-0000-7000-8000-000000000001";
    private const string ContentHash = "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef";
    private readonly Random _random;
    private readonly PackId[] _packs;
    private readonly long[] _versions;
    private readonly bool _isHot;
    private readonly Queue<PreparedChange> _made = new();
    private readonly Lock _lock = new();
    private int _keys;

    /// <param name="packs">Pack of each institution.</param>
    /// <param name="versions">Version of each institution.</param>
    /// <param name="seed">The same seed gives the same bookings.</param>
    /// <param name="isHot">Whether all bookings are in six slots, instead of the whole season.</param>
    public BookingSource(PackId[] packs, long[] versions, int seed, bool isHot)
    {
        _packs = packs;
        _versions = versions;
        _random = new(seed);
        _isHot = isHot;
    }

    public IReadOnlyList<long> Versions => _versions;

    public void MakeAhead(int count)
    {
        while (_made.Count < count)
            _made.Enqueue(Make());
    }

    public PreparedChange Take() => _made.TryDequeue(out var change) ? change : Make();

    /// <summary>Takes the next booking under a lock, for concurrent callers that need no order.</summary>
    public PreparedChange TakeLocked()
    {
        lock (_lock)
            return Take();
    }

    /// <summary>
    /// Takes the next booking and commits it under one lock, because versions must arrive in order. The ledger makes the texts of the snapshots, as it does for
    /// grains.
    /// </summary>
    public Task<CommitOutcome> Commit(SeatLedger ledger)
    {
        lock (_lock)
            return ledger.Commit(Take().Change, CancellationToken.None);
    }

    private PreparedChange Make()
    {
        var number = _random.Next(BenchSeason.Institutions);
        var institution = BenchSeason.Institution(number);
        var seats = _random.Next(1, 31);
        ImmutableArray<int> profile = _random.Next(2) == 0 ? [seats] : [seats, _random.Next(1, seats + 1)];
        var sitting = new Sitting
        {
            Institution = institution,
            Exam = profile.Length == 1 ? BenchSeason.Exam : BenchSeason.LongExam,
            Terms = new() { Programme = "MOS", Minutes = profile.Length == 1 ? 50 : 110, CheckInMinutes = 5, ResetMinutes = 5 },
            Pool = BenchSeason.Pool(_isHot ? 0 : _random.Next(BenchSeason.Pools)),
            Start = SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * (_isHot ? _random.Next(HotSlots - 1) : _random.Next(BenchSeason.Hours - 1)))),
            Seats = seats,
            Profile = new(profile),
            Mode = _random.Next(10) == 0 ? DeliveryMode.Online : DeliveryMode.Lab,
            Reference = "class 10B",
            Vouchers = [new(_packs[number], seats)],
        };
        var booking = new Booking { Id = BookingId.New(), Sitting = sitting };
        return PreparedChange.Of(new()
        {
            Record = new()
            {
                At = MachineClock.Instance.GetCurrentInstant(),
                Who = Caller,
                Kind = ChangeKind.BookingMade,
                Subject = booking.Id.ToString(),
                Institution = institution,
                After = new BookingSnapshot(booking),
                Stamp = new(Caller, $"key-{++_keys:00000000}", ContentHash),
                Notice = false,
            },
            Guard = new(institution, _versions[number]++),
            Slots = [.. Enumerable.Range(0, profile.Length).Select(k => new SlotDelta(sitting.Slot(k), profile[k], 0))],
            Packs = [new(_packs[number], seats)],
            Rows = [new RowWrite.BookingMade(booking)],
        });
    }
}
