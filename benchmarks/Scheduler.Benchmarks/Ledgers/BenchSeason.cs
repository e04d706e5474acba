using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>The set-up of every figure: 300 institutions with a pack each, 20 pools of 4,000 hours with room for everyone.</summary>
internal static class BenchSeason
{
    public const int Institutions = 300;
    public const int Pools = 20;
    public const int Hours = 4_000;
    public const int Capacity = 100_000_000;

    /// <summary>First hour of the season: far enough ahead for any lead time, its end within the horizon.</summary>
    public static readonly int FirstMinutes = SlotMinutes.Of(MachineClock.Instance.GetCurrentInstant()) / (24 * 60) * 24 * 60 + (30 * 24 * 60);

    public static readonly ExamId Exam = ExamId.Of("mos-excel");
    public static readonly ExamId LongExam = ExamId.Of("access-long");

    public static PoolId Pool(int number) => PoolId.Of($"office-{number:00}");

    public static InstitutionId Institution(int number) => InstitutionId.Of($"school-{number:000}");

    /// <summary>Writes capacities and packs straight into a ledger, and answers the packs by institution. Versions of institutions stand at 1 then.</summary>
    public static async Task<PackId[]> Furnish(SeatLedger ledger)
    {
        var now = MachineClock.Instance.GetCurrentInstant();
        for (var pool = 0; pool < Pools; pool++)
        {
            Must(await ledger.Commit(new()
            {
                Record = new() { At = now, Who = "bench", Kind = "capacity_set", Subject = $"pool/{Pool(pool)}" },
                Rows = [new RowWrite.CapacitySet(Pool(pool), [.. Enumerable.Range(0, Hours).Select(hour => new SlotCapacity(FirstMinutes + (60 * hour), Capacity))], false)],
            }));
        }

        var packs = new PackId[Institutions];
        for (var i = 0; i < Institutions; i++)
        {
            var pack = new Pack(PackId.New(), "MOS", 1_000_000_000, MachineClock.Instance.GetCurrentInstant().InUtc().Date, 0);
            packs[i] = pack.Id;
            Must(await ledger.Commit(new()
            {
                Record = new() { At = now, Who = "bench", Kind = "pack_made", Subject = pack.Id.ToString(), Institution = Institution(i) },
                Guard = new(Institution(i), 0),
                Rows = [new RowWrite.PackMade(Institution(i), pack)],
            }));
        }

        return packs;
    }

    public static void Must(CommitOutcome outcome)
    {
        if (outcome is not CommitOutcome.Committed)
            throw new InvalidOperationException($"A change that had to be committed was not: {outcome}");
    }
}

/// <summary>Bookings as grains would hand them in, in the order of their institutions' versions. Made ahead, so that making them is not measured.</summary>
internal sealed class BookingSource
{
    private const int HotSlots = 6;
    private readonly Random _random;
    private readonly PackId[] _packs;
    private readonly long[] _versions;
    private readonly bool _isHot;
    private readonly Queue<Change> _made = new();
    private readonly Lock _gate = new();
    private int _keys;

    /// <param name="packs">Pack of each institution.</param>
    /// <param name="versions">Version at which each institution stands.</param>
    /// <param name="seed">Same seed, same bookings.</param>
    /// <param name="isHot">All in six slots, instead of all over the season.</param>
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

    public Change Take() => _made.TryDequeue(out var change) ? change : Make();

    /// <summary>For several who take at once, and care for no order.</summary>
    public Change TakeAlone()
    {
        lock (_gate)
            return Take();
    }

    /// <summary>Takes the next booking and hands it in, in one turn: versions must arrive in order.</summary>
    public Task<CommitOutcome> Commit(SeatLedger ledger)
    {
        lock (_gate)
            return ledger.Commit(Take());
    }

    private Change Make()
    {
        var number = _random.Next(BenchSeason.Institutions);
        var institution = BenchSeason.Institution(number);
        var seats = _random.Next(1, 31);
        ImmutableArray<int> profile = _random.Next(2) == 0 ? [seats] : [seats, _random.Next(1, seats + 1)];
        var sitting = new Sitting
        {
            Institution = institution,
            Exam = profile.Length == 1 ? BenchSeason.Exam : BenchSeason.LongExam,
            Pool = BenchSeason.Pool(_isHot ? 0 : _random.Next(BenchSeason.Pools)),
            Start = SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * (_isHot ? _random.Next(HotSlots - 1) : _random.Next(BenchSeason.Hours - 1)))),
            Seats = seats,
            Profile = new(profile),
            Mode = _random.Next(10) == 0 ? DeliveryMode.Online : DeliveryMode.Lab,
            Reference = "class 10B",
            Vouchers = [new(_packs[number], seats)],
        };
        var booking = new Booking { Id = BookingId.New(), Sitting = sitting };
        var answer = BookSteps.Made(booking);
        return new()
        {
            Record = new()
            {
                At = MachineClock.Instance.GetCurrentInstant(), Who = "0199a000-0000-7000-8000-000000000001", Kind = "booking_made", Subject = booking.Id.ToString(), Institution = institution,
                After = answer.Text, Stamp = new("0199a000-0000-7000-8000-000000000001", $"key-{++_keys:00000000}", "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"), Status = 201,
                Notice = false,
            },
            Guard = new(institution, _versions[number]++),
            Slots = [.. Enumerable.Range(0, profile.Length).Select(k => new SlotDelta(sitting.Slot(k), profile[k], 0))],
            Packs = [new(_packs[number], seats)],
            Rows = [new RowWrite.BookingMade(booking)],
        };
    }
}
