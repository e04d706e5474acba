using System.Text.Json;
using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>The steps that verb <c>small</c> measures.</summary>
[MemoryDiagnoser]
public class SmallSteps
{
    private const int Bookings = 300;
    private const int Seats = 28;

    private readonly byte[] _body =
        """{"exam":"mos-excel","pool":"office-03","start":"2027-01-20T10:00:00Z","seats":28,"mode":"lab","reference":"class 10B"}"""u8.ToArray();

    private readonly byte[] _buffer = new byte[64 * 1024];
    private SeasonPicture _picture = null!;
    private DecisionBasis _basis = null!;
    private BookingWish _wish = null!;
    private Booking _booking = null!;
    private SlotHour _slot;
    private Instant _from;

    [GlobalSetup]
    public void Prepare()
    {
        var now = MachineClock.Instance.GetCurrentInstant();
        var pools = Enumerable.Range(0, BenchSeason.Pools).Select(BenchSeason.Pool).Select(id => new Pool(id, "Pool", DateTimeZone.Utc, "office")).ToArray();
        var exam = new Exam
        {
            Id = BenchSeason.Exam,
            Programme = "MOS",
            Name = "Excel",
            Minutes = 50,
            CheckInMinutes = 5,
            ResetMinutes = 5,
            Pools = [.. pools.Select(pool => pool.Id)],
            Modes = [DeliveryMode.Lab],
        };
        var institution = new Institution
        {
            Id = BenchSeason.Institution(1),
            Name = "School",
            Zone = DateTimeZoneProviders.Tzdb["America/Toronto"],
            LabSeats = 1_000,
            Proctors = 5,
            Onboarding = Onboarding.Complete,
        };
        var catalogue = pools.Aggregate(Catalogue.Empty.With(exam, 1).With(new InstitutionEntry(institution), 1), (known, pool) => known.With(pool, 1));
        var pack = new Pack(PackId.New(), "MOS", 1_000_000, now.InUtc().Date, 0);
        _from = SlotMinutes.ToInstant(BenchSeason.FirstMinutes);
        _wish = new()
        {
            Exam = BenchSeason.Exam,
            Pool = pools[3].Id,
            Start = _from + Duration.FromHours(500),
            Seats = Seats,
            Mode = DeliveryMode.Lab,
            Reference = "class 10B",
        };
        _slot = new(_wish.Pool, SlotMinutes.Of(_wish.Start));
        _basis = new(institution, InstitutionState.Empty.With(pack), catalogue, now);
        for (var i = 0; i < Bookings; i++)
            _basis = _basis with { State = _basis.State.With(Made(_wish with { Start = _from + Duration.FromHours(i) })) };
        _booking = Made(_wish);
        _picture = new(versioned: false);
        _picture.Apply([.. Enumerable.Range(0, BenchSeason.Hours).Select(SeatsIn)]);
    }

    [Benchmark(Description = "decide a booking, 300 on file")]
    public object Decide() => BookingRules.Decide(_wish, _basis, WishKind.Booking);

    [Benchmark(Description = "ask a slot for seats")]
    public SlotVerdict Admit()
    {
        var view = _picture.Look(_slot, _basis.Now);
        return SlotAdmission.Decide(Seats, view.Free, SlotAsker.WalkIn, view.HasLapsed, hasRound: false);
    }

    [Benchmark(Description = "a week's availability, 168 rows")]
    public int Availability() => new AvailabilityText(_buffer).Write(
        _basis.Catalogue.Pools[_wish.Pool].Value,
        _picture.Pool(_wish.Pool),
        _picture.LapsedSeats(_wish.Pool, _basis.Now),
        new(_basis.Catalogue, DateTimeZone.Utc, _basis.Now),
        default,
        _from,
        _from + Duration.FromDays(7),
        _basis.Now);

    [Benchmark(Description = "35 days' availability for a need, 840 rows")]
    public object Need() => NeedCheck.Starts(_picture, _basis, new(_wish, _from, _from + Duration.FromDays(Limits.AvailabilityDays)));

    [Benchmark(Description = "check and read a body")]
    public object? ReadBody()
    {
        using var document = JsonDocument.Parse(_body);
        return BodyReader.Read<BookingBody>(document.RootElement, new(new(), null));
    }

    [Benchmark(Description = "the institution's state with one more booking")]
    public object With() => _basis.State.With(_booking);

    private SlotSeats SeatsIn(int hour) => new(new(_wish.Pool, BenchSeason.FirstMinutes + (60 * hour)), 120, hour % 120);

    private Booking Made(BookingWish wish)
    {
        var decision = BookingRules.Decide(wish, _basis, WishKind.Booking);
        return new() { Id = BookingId.New(), Sitting = ((Decision.Accepted)decision).Draft.Sitting };
    }
}
