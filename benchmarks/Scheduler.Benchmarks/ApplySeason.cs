using System.Collections.Immutable;
using System.Diagnostics;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// A season for plans: 300 schools with 50 bookings each, and 1,000 bookings more that fill a slot of one pool each. A plan swaps these bookings in pairs, so
/// that each move needs the move of another school. Other schools book beside.
/// </summary>
internal sealed class ApplySeason
{
    public const int Moves = 1_000;
    public const int Beside = 16;
    private const int Schools = 300, BookingsEach = 50, Seats = 10;
    private static readonly PoolId _full = PoolId.Of("full"), _roomy = PoolId.Of("roomy");
    private static readonly ExamId _exam = ExamId.Of("excel");
    private static readonly Caller _operator = new(new("bench", Role.Operator, null, "Bench"));
    private readonly SeatLedger _ledger;
    private readonly PackId[] _packs = new PackId[Schools + Beside + 1];
    private readonly long[] _versions = new long[Schools + Beside + 1];
    private readonly Booking[] _moved = new Booking[Moves];

    private ApplySeason(SeatLedger ledger) => _ledger = ledger;

    private static Instant Now => MachineClock.Instance.GetCurrentInstant();

    public static async Task<ApplySeason> Make(SeatLedger ledger)
    {
        var season = new ApplySeason(ledger);
        await season.Make();
        return season;
    }

    /// <summary>One booking of one seat, by a school that the plans do not touch.</summary>
    public async Task Book(int caller) => await Commit(Booked(Schools + caller, _roomy, _versions[Schools + caller] % BenchSeason.Hours, 1));

    /// <summary>Makes a plan of 1,000 moves, applies it, and returns the time of the application alone.</summary>
    public async Task<TimeSpan> Apply()
    {
        ImmutableArray<PlanEntry> entries = [.. _moved.Select((booking, i) => MoveOf(booking, _moved[i ^ 1]))];
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Ready, MadeBy = "bench", MadeAt = Now,
            Scope = new([_full], HourOf(0), HourOf(Moves), 30, MovesBookings: true),
        };
        await Commit(new()
        {
            Record = new() { At = Now, Who = "bench", Kind = ChangeKind.PlanMade, Subject = plan.Id.ToString(), After = new PlanSnapshot(plan) },
            Rows = [new RowWrite.PlanPut(plan), new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(entries))],
        });
        var started = Stopwatch.GetTimestamp();
        var run = new ApplicationRun(plan, entries, _operator);
        var left = run.Left;
        var input = await _ledger.Read.PlanInput(entries, Now, CancellationToken.None);
        var parts = ApplicationParts.Of(entries, left, input);
        for (var i = 0; i < parts.Length; i++)
        {
            var outcome = await _ledger.Commit(run.Change(parts[i], parts.Length - 1 - i, input, Now), CancellationToken.None);
            var applied = ((CommitOutcome.Committed)outcome).Applied!;
            run.Plan = applied.Plan;
            input = input with { Institutions = input.Institutions.SetItems(applied.Institutions) };
        }

        var took = Stopwatch.GetElapsedTime(started);
        if (run.Plan.Applied != Moves)
            throw new InvalidOperationException($"{run.Plan.Applied} of {Moves} moves were applied.");
        for (var i = 0; i < Moves; i++)
            _moved[i] = input.Institutions[_moved[i].Sitting.Institution].State.Bookings[_moved[i].Id];
        return took;
    }

    private async Task Make()
    {
        await Put(new Pool(_full, "Full", DateTimeZone.Utc, "office"));
        await Put(new Pool(_roomy, "Roomy", DateTimeZone.Utc, "office"));
        await Put(new Exam
        {
            Id = _exam, Programme = "MOS", Name = "Excel", Minutes = 50, CheckInMinutes = 5, ResetMinutes = 5, Pools = [_full, _roomy],
            Modes = [DeliveryMode.Lab],
        });
        await Capacity(_full, Moves, Seats);
        await Capacity(_roomy, BenchSeason.Hours, BenchSeason.Capacity);
        for (var i = 0; i < _packs.Length; i++)
        {
            var school = new Institution
            {
                Id = BenchSeason.Institution(i), Name = "S", Zone = DateTimeZone.Utc, LabSeats = 60, Proctors = 3, Onboarding = Onboarding.Complete,
            };
            await Put(new InstitutionEntry(school));
            var pack = new Pack(PackId.New(), "MOS", 1_000_000, Now.InUtc().Date, 0);
            _packs[i] = pack.Id;
            await Commit(new()
            {
                Record = new() { At = Now, Who = "bench", Kind = ChangeKind.PackMade, Subject = pack.Id.ToString(), Institution = school.Id },
                Guard = new(school.Id, _versions[i]++),
                Rows = [new RowWrite.PackMade(school.Id, pack)],
            });
        }

        var all = Enumerable.Range(0, Schools * BookingsEach).Select(i => Booked(i % Schools, _roomy, i / Schools, 10))
            .Concat(Enumerable.Range(0, Moves).Select(i => Booked(i % Schools, _full, i, Seats))).ToList();
        for (var i = 0; i < Moves; i++)
            _moved[i] = ((RowWrite.BookingMade)all[(Schools * BookingsEach) + i].Rows[0]).Booking;
        foreach (var some in all.Chunk(2_000))
            await Task.WhenAll(some.Select(Commit).ToList());
    }

    private static PlanEntry.Move MoveOf(Booking booking, Booking other) =>
        new PlanEntry.Move(booking.Id, booking.Version, booking.Sitting.Start, other.Sitting.Start) { Institution = booking.Sitting.Institution };

    private static Instant HourOf(long hour) => SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * (int)hour));

    private Change Booked(int school, PoolId pool, long hour, int seats)
    {
        var sitting = new Sitting
        {
            Institution = BenchSeason.Institution(school), Exam = _exam,
            Terms = new() { Programme = "MOS", Minutes = 50, CheckInMinutes = 5, ResetMinutes = 5 },
            Pool = pool, Start = HourOf(hour), Seats = seats, Profile = new([seats]), Mode = DeliveryMode.Lab, Vouchers = [new(_packs[school], seats)],
        };
        var booking = new Booking { Id = BookingId.New(), Sitting = sitting };
        return new()
        {
            Record = new()
            {
                At = Now, Who = "bench", Kind = ChangeKind.BookingMade, Subject = booking.Id.ToString(), Institution = sitting.Institution,
                After = new BookingSnapshot(booking),
            },
            Guard = new(sitting.Institution, _versions[school]++),
            Slots = [new(sitting.Slot(0), seats, 0)],
            Packs = [new(_packs[school], seats)],
            Rows = [new RowWrite.BookingMade(booking)],
        };
    }

    private Task Put(CatalogueEntry entry) => Commit(new()
    {
        Record = new() { At = Now, Who = "bench", Kind = ChangeKind.PoolPut, Subject = CatalogueText.Key(entry).Id },
        Rows = [new RowWrite.CataloguePut(entry, 1)],
    });

    private Task Capacity(PoolId pool, int hours, int seats) => Commit(new()
    {
        Record = new() { At = Now, Who = "bench", Kind = ChangeKind.TemplatePut, Subject = pool.Text },
        Rows = [new RowWrite.CapacitySet(pool, [.. Enumerable.Range(0, hours).Select(hour => new SlotCapacity(SlotMinutes.Of(HourOf(hour)), seats))], false)],
    });

    private async Task Commit(Change change) => BenchSeason.Must(await _ledger.Commit(change, CancellationToken.None));
}
