using System.Collections.Immutable;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>small</c>: what the steps of a booking cost one by one, by BenchmarkDotNet.</summary>
internal static class Small
{
    public static int Run(string[] args)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile);
        BenchmarkSwitcher.FromTypes([typeof(SmallSteps)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}

[MemoryDiagnoser]
public class SmallSteps
{
    private const int Bookings = 300;
    private readonly byte[] _body = """{"exam":"mos-excel","pool":"office-03","start":"2027-01-20T10:00:00Z","seats":28,"mode":"lab","reference":"class 10B"}"""u8.ToArray();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly SlotState _slot = new();
    private readonly Guid _ticket = Guid.CreateVersion7();
    private SeasonPicture _picture = null!;
    private DecisionBasis _basis = null!;
    private BookingWish _wish = null!;
    private Booking _booking = null!;
    private Instant _from;

    [GlobalSetup]
    public void Prepare()
    {
        var now = MachineClock.Instance.GetCurrentInstant();
        var pools = Enumerable.Range(0, BenchSeason.Pools).Select(number => new Pool(BenchSeason.Pool(number), "Pool", DateTimeZone.Utc, "office")).ToArray();
        var exam = new Exam
        {
            Id = BenchSeason.Exam, Programme = "MOS", Name = "Excel", Minutes = 50, CheckInMinutes = 5, ResetMinutes = 5, Pools = [.. pools.Select(pool => pool.Id)], Modes = [DeliveryMode.Lab],
        };
        var institution = new Institution
        {
            Id = BenchSeason.Institution(1), Name = "School", Zone = DateTimeZoneProviders.Tzdb["America/Toronto"], LabSeats = 1_000, Proctors = 5, Onboarding = Onboarding.Complete,
        };
        var catalogue = pools.Aggregate(Catalogue.Empty.With(exam, 1).With(new InstitutionEntry(institution), 1), (known, pool) => known.With(pool, 1));
        var pack = new Pack(PackId.New(), "MOS", 1_000_000, now.InUtc().Date, 0);
        _from = SlotMinutes.ToInstant(BenchSeason.FirstMinutes);
        _wish = new() { Exam = BenchSeason.Exam, Pool = pools[3].Id, Start = _from + Duration.FromHours(500), Seats = 28, Mode = DeliveryMode.Lab, Reference = "class 10B" };
        _basis = new(institution, InstitutionState.Empty.With(pack), catalogue, now);
        for (var i = 0; i < Bookings; i++)
            _basis = _basis with { State = _basis.State.With(Made(_wish with { Start = _from + Duration.FromHours(i) })) };
        _booking = Made(_wish);
        _slot.Load(1_000, 0, []);
        _picture = new(versioned: false);
        _picture.Apply([.. Enumerable.Range(0, BenchSeason.Hours).Select(hour => new SlotSeats(new(pools[3].Id, BenchSeason.FirstMinutes + (60 * hour)), 120, hour % 120))]);
    }

    [Benchmark(Description = "decide a booking, 300 on file")]
    public object Decide() => BookingRules.Decide(_wish, _basis, WishKind.Booking);

    [Benchmark(Description = "a slot admits and settles")]
    public SlotVerdict Admit()
    {
        var verdict = _slot.Admit(_ticket, 28, false, _basis.Now);
        _slot.Settle(_ticket, 0, null, null);
        return verdict;
    }

    [Benchmark(Description = "a week's availability, 168 rows")]
    public int Availability() => new AvailabilityText(_buffer).Write(
        _basis.Catalogue.Pools[_wish.Pool].Value, _picture.Pool(_wish.Pool), new(_basis.Catalogue, DateTimeZone.Utc, _basis.Now), _from, _from + Duration.FromDays(7), _basis.Now);

    [Benchmark(Description = "parse a body")]
    public object Parse()
    {
        using var document = JsonDocument.Parse(_body);
        return BookingBody.Parse(Fields.Root(document.RootElement, new()));
    }

    [Benchmark(Description = "the institution's state with one more")]
    public object With() => _basis.State.With(_booking);

    private Booking Made(BookingWish wish) => new() { Id = BookingId.New(), Sitting = ((Decision.Accepted)BookingRules.Decide(wish, _basis, WishKind.Booking)).Draft.Sitting };
}
