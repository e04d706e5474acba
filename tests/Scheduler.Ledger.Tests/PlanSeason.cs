using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A small season for plans: one pool, schools with workstations and vouchers, their bookings and requests, and plans that are ready.</summary>
internal sealed class PlanSeason(SeatLedger ledger, Instant now)
{
    private static readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb["America/Toronto"];

    private readonly Dictionary<InstitutionId, PackId> _packs = [];

    public static readonly Exam Exam = new()
    {
        Id = Making.Exam, Programme = "MOS", Name = "Excel", Minutes = 50, CheckInMinutes = 5, ResetMinutes = 5, Pools = [Making.Pool],
        Modes = [DeliveryMode.Lab],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the pool, its hours and the schools, each with a pack of 10,000 vouchers.</summary>
    public async Task Make(int hours, int capacity, int schools, int labSeats = 100)
    {
        await Done(Making.Put(now, new Pool(Making.Pool, "Office", _zone, "mos"), 1));
        await Done(Making.Put(now, Exam, 1));
        await Done(Making.Capacity(now, hours, capacity));
        for (var i = 1; i <= schools; i++)
            await Add(i, labSeats);
    }

    /// <summary>Adds a school.</summary>
    public async Task Add(int school, int labSeats)
    {
        await Done(Making.Put(now, new InstitutionEntry(School(school, labSeats)), 1));
        var pack = Making.Pack(10_000);
        await Done(Making.Buy(now, Making.School(school), pack, 0));
        _packs[Making.School(school)] = pack.Id;
    }

    public static Institution School(int school, int labSeats) => new()
    {
        Id = Making.School(school), Name = "S", Zone = _zone, LabSeats = labSeats, Proctors = 1, Onboarding = Onboarding.Complete,
    };

    /// <summary>Books seats for a school.</summary>
    public async Task<Booking> Book(int school, int hour, int seats, DeliveryMode mode = DeliveryMode.Lab)
    {
        var sitting = Making.Sitting(Making.School(school), hour, seats) with
        {
            Mode = mode,
            Vouchers = [new(_packs[Making.School(school)], seats)],
            Terms = ExamTerms.Of(Exam),
        };
        var change = Making.Book(now, sitting, await Version(school));
        await Done(change);
        return Making.BookingOf(change);
    }

    public async Task Cancel(Booking booking, int school) => await Done(Making.Cancel(now, booking, await Version(school)));

    /// <summary>Asks for seats on the day of the season, at any hour.</summary>
    public async Task<Request> Ask(int school, int seats, int? minGroup = null)
    {
        var day = Making.Start.InZone(_zone).Date;
        var request = Making.Request(Making.School(school), 0, seats) with { Windows = [new(day, day.PlusDays(30), [], 0, 1440)], MinGroup = minGroup };
        await Done(Making.Ask(now, request, await Version(school)));
        return request;
    }

    /// <summary>Changes a request as a command of its school does.</summary>
    public async Task Change(Request request, int school) =>
        await Done(Making.Ask(now, request, await Version(school)) with { Rows = [new RowWrite.RequestChanged(request)] });

    public static PlanEntry Move(Booking booking, int hour, Request? of = null) =>
        new PlanEntry.Move(booking.Id, booking.Version, booking.Sitting.Start, Making.Slot(hour).Start)
        {
            Institution = booking.Sitting.Institution, Request = of?.Id, RequestVersion = of?.Version ?? 0,
        };

    public static PlanEntry Place(Request request, int hour, int? seats = null) =>
        new PlanEntry.Placement(request.Id, request.Version, Making.Pool, Making.Slot(hour).Start, seats ?? request.Seats, [])
        {
            Institution = request.Institution,
        };

    /// <summary>Stores a plan that is ready.</summary>
    public async Task<PlanRow> Ready(params ImmutableArray<PlanEntry> entries)
    {
        var plan = Making.Plan(PlanId.New(), PlanStatus.Ready, 1);
        await Done(Making.Put(now, plan, null, new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(entries))));
        return plan;
    }

    /// <summary>The change that applies some entries of a plan, on what the ledger has now.</summary>
    public async Task<Change> Application(
        PlanRow plan, ImmutableArray<PlanEntry> entries, int from = 0, int? count = null, IdempotencyStamp? stamp = null)
    {
        ImmutableArray<(int, PlanEntry)> part = [.. Enumerable.Range(from, count ?? entries.Length - from).Select(number => (number, entries[number]))];
        return new()
        {
            Record = new() { At = now, Who = "key-1", Kind = ChangeKind.PlanApplied, Subject = plan.Id.ToString(), Stamp = stamp },
            Application = new()
            {
                Plan = plan, Entries = part, Total = entries.Length, PartsLeft = from + part.Length < entries.Length ? 1 : 0,
                Input = await ledger.Read.PlanInput([.. part.Select(entry => entry.Item2)], now, Token),
            },
        };
    }

    public async Task<PlanRow> Apply(PlanRow plan, params ImmutableArray<PlanEntry> entries) =>
        (await Done(await Application(plan, entries))).Applied.ShouldNotBeNull().Plan;

    public async Task<CommitOutcome.Committed> Done(Change change)
    {
        var outcome = await ledger.Commit(change, Token);
        return outcome.ShouldBeOfType<CommitOutcome.Committed>(outcome.ToString());
    }

    private async Task<long> Version(int school) => (await ledger.Read.Institution(Making.School(school), now, 0, Token)).Version;
}
