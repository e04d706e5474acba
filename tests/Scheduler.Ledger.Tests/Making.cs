using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>Makes changes as grains hand them in.</summary>
public static class Making
{
    public static readonly Instant Start = Instant.FromUtc(2027, 3, 1, 9, 0);
    public static readonly int StartMinutes = SlotMinutes.Of(Start);
    public static readonly PoolId Pool = PoolId.Of("office-ca");
    public static readonly ExamId Exam = ExamId.Of("mos-excel");

    public static InstitutionId School(int number) => InstitutionId.Of($"school-{number}");

    public static SlotHour Slot(int hour, PoolId? pool = null) => new(pool ?? Pool, StartMinutes + (60 * hour));

    public static Sitting Sitting(InstitutionId school, int hour, params ImmutableArray<int> profile) => new()
    {
        Institution = school,
        Exam = Exam,
        Terms = ExamTerms.Of(CatalogueSamples.Exam),
        Pool = Pool,
        Start = Slot(hour).Start,
        Seats = profile[0],
        Profile = new(profile),
        Mode = DeliveryMode.Lab,
    };

    public static Change Capacity(Instant at, int hours, int capacity, bool force = false, int from = 0) => new()
    {
        Record = new()
        {
            At = at, Who = "key-1", Kind = ChangeKind.ExceptionPut, Subject = "office-ca",
            After = new ExceptionSnapshot(Pool, Slot(from).Start, Slot(from + hours).Start, capacity),
        },
        Rows = [new RowWrite.CapacitySet(Pool, [.. Enumerable.Range(from, hours).Select(hour => new SlotCapacity(Slot(hour).Minutes, capacity))], force)],
    };

    public static Change Book(Instant at, Sitting sitting, long decided, BookingId? id = null, IdempotencyStamp? stamp = null)
    {
        var booking = new Booking { Id = id ?? BookingId.New(), Sitting = sitting };
        return new()
        {
            Record = Record(at, ChangeKind.BookingMade, booking.Id.ToString(), sitting.Institution) with
            {
                After = new BookingSnapshot(booking),
                Stamp = stamp,
                Notice = true,
            },
            Guard = new(sitting.Institution, decided),
            Slots = Deltas(sitting, 1, 0),
            Packs = [.. sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, draw.Vouchers))],
            Rows = [new RowWrite.BookingMade(booking)],
        };
    }

    public static Change Cancel(Instant at, Booking booking, long decided)
    {
        var cancelled = booking with { Status = BookingStatus.Cancelled, Version = booking.Version + 1 };
        return new()
        {
            Record = Record(at, ChangeKind.BookingCancelled, booking.Id.ToString(), booking.Sitting.Institution) with
            {
                Before = new BookingSnapshot(booking),
                After = new BookingSnapshot(cancelled),
                Notice = true,
            },
            Guard = new(booking.Sitting.Institution, decided),
            Slots = Deltas(booking.Sitting, -1, 0),
            Packs = [.. booking.Sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, -draw.Vouchers))],
            Rows = [new RowWrite.BookingChanged(cancelled)],
        };
    }

    public static Change Keep(Instant at, Hold hold, long decided) => new()
    {
        Record = Record(at, ChangeKind.HoldMade, hold.Id.ToString(), hold.Sitting.Institution) with { After = new HoldSnapshot(hold, at) },
        Guard = new(hold.Sitting.Institution, decided),
        Slots = Deltas(hold.Sitting, 0, 1),
        Packs = [.. hold.Sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, draw.Vouchers))],
        Rows = [new RowWrite.HoldMade(hold)],
    };

    public static Change Confirm(Instant at, Hold hold, long decided)
    {
        var booking = new Booking { Id = BookingId.New(), Sitting = hold.Sitting };
        return new()
        {
            Record = Record(at, ChangeKind.HoldConfirmed, booking.Id.ToString(), hold.Sitting.Institution) with { After = new BookingSnapshot(booking) },
            Guard = new(hold.Sitting.Institution, decided),
            Slots = [.. Deltas(hold.Sitting, 1, -1)],
            Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Confirmed, booking.Id), new RowWrite.BookingMade(booking)],
        };
    }

    public static Change Release(Instant at, Hold hold, long decided) => new()
    {
        Record = Record(at, ChangeKind.HoldReleased, hold.Id.ToString(), hold.Sitting.Institution),
        Guard = new(hold.Sitting.Institution, decided),
        Slots = [.. Deltas(hold.Sitting, 0, -1)],
        Packs = [.. hold.Sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, -draw.Vouchers))],
        Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Released, null)],
    };

    public static Change Buy(Instant at, InstitutionId school, Pack pack, long decided) => new()
    {
        Record = Record(at, ChangeKind.PackMade, pack.Id.ToString(), school) with { After = new PackSnapshot(school, pack) },
        Guard = new(school, decided),
        Rows = [new RowWrite.PackMade(school, pack)],
    };

    public static Change Correct(Instant at, InstitutionId school, Pack before, Pack after, long decided) => new()
    {
        Record = Record(at, after.IsVoid ? ChangeKind.PackVoided : ChangeKind.PackCorrected, after.Id.ToString(), school) with
        {
            Before = new PackSnapshot(school, before),
            After = new PackSnapshot(school, after),
            Why = "counted again",
        },
        Guard = new(school, decided),
        Rows = [new RowWrite.PackChanged(after)],
    };

    public static Change Ask(Instant at, Request request, long decided) => new()
    {
        Record = Record(at, ChangeKind.RequestMade, request.Id.ToString(), request.Institution) with { After = new RequestSnapshot(request, 1) },
        Guard = new(request.Institution, decided),
        Rows = [new RowWrite.RequestMade(request)],
    };

    public static Request Request(InstitutionId school, int hour, int seats, int weight = 1) => new()
    {
        Id = RequestId.New(),
        Institution = school,
        Exam = Exam,
        Pool = Pool,
        PreferredStart = Slot(hour).Start,
        Seats = seats,
        Profile = new([seats]),
        Mode = DeliveryMode.Lab,
        Weight = weight,
    };

    public static Change Put(Instant at, CatalogueEntry entry, int version, IdempotencyStamp? stamp = null) => new()
    {
        Record = new()
        {
            At = at, Who = "key-1", Kind = ChangeKind.PoolPut, Subject = CatalogueText.Key(entry).ToString(), After = new EntrySnapshot(entry, version),
            Stamp = stamp,
        },
        Rows = [new RowWrite.CataloguePut(entry, version)],
    };

    public static PlanRow Plan(PlanId id, PlanStatus status, int version, params PoolId[] pools) => new()
    {
        Id = id,
        Status = status,
        Scope = new([.. pools.DefaultIfEmpty(Pool)], Start, Start + Duration.FromDays(7), 30, MovesBookings: true),
        MadeBy = "key-1",
        MadeAt = Start,
        Version = version,
    };

    public static Change Put(Instant at, PlanRow plan, IdempotencyStamp? stamp = null, params RowWrite[] more) => new()
    {
        Record = new()
        {
            At = at, Who = "key-1", Kind = plan.Version == 1 ? ChangeKind.PlanMade : ChangeKind.PlanEnded, Subject = plan.Id.ToString(),
            After = new PlanSnapshot(plan), Stamp = stamp,
        },
        Rows = [new RowWrite.PlanPut(plan), .. more],
    };

    public static ChangeRecord Record(Instant at, ChangeKind kind, string subject, InstitutionId school) =>
        new() { At = at, Who = "key-7", Kind = kind, Subject = subject, Institution = school };

    public static Pack Pack(int quantity) => new(new(Guid.CreateVersion7()), "MOS", quantity, new(2026, 9, 1), 0);

    public static Booking BookingOf(Change change) => change.Rows.OfType<RowWrite.BookingMade>().Single().Booking;

    private static ImmutableArray<SlotDelta> Deltas(Sitting sitting, int booked, int held) =>
        [.. Enumerable.Range(0, sitting.Profile.Slots).Select(k => new SlotDelta(sitting.Slot(k), booked * sitting.Profile[k], held * sitting.Profile[k]))];
}
