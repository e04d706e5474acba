using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Orleans;
using Orleans.Runtime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>A whole house on a real silo and a real ledger, its clock in the test's hand. One pool "p" of 10 seats every hour of every day, one exam "e" of one slot, and schools made on demand.</summary>
public sealed class House : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    public static readonly PoolId Pool = PoolId.Of("p");
    public static readonly ExamId Exam = ExamId.Of("e");
    private static readonly Principal _operator = new("operator", Role.Operator, null, "Operator");
    private readonly string? _folder;
    private readonly IHost _host;

    private House(string? folder, IHost host, SeatLedger ledger, CatalogueCopy catalogue, TestClock clock, FakeTimeProvider time)
    {
        _folder = folder;
        Time = time;
        _host = host;
        Ledger = ledger;
        Catalogue = catalogue;
        Clock = clock;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    public SeatLedger Ledger { get; }

    public CatalogueCopy Catalogue { get; }

    public TestClock Clock { get; }

    /// <summary>Our own timers: they tick only when a test says so.</summary>
    public FakeTimeProvider Time { get; }

    public IGrainFactory Grains { get; }

    public ICatalogueGrain Operator => Grains.GetGrain<ICatalogueGrain>(0);

    public static Caller By(Role role = Role.Operator, string? key = null, string hash = "h") =>
        new(role == Role.Operator ? _operator : new("someone", role, null, "Someone"), key is null ? null : new("someone", key, hash));

    public static async Task<House> Open(string? folder = null, LedgerSettings? settings = null, TestClock? clock = null, bool furnish = true, string clusterId = "test")
    {
        if (settings is null)
            folder ??= Directory.CreateTempSubdirectory("scheduler-grains-").FullName;
        clock ??= new TestClock(Start);
        var ledger = await SeatLedger.Open(settings ?? new() { DataDirectory = folder }, clock, NullLoggerFactory.Instance, CancellationToken.None);
        var catalogue = await CatalogueCopy.Open(ledger);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        var time = new FakeTimeProvider();
        builder.Services.AddKeyedSingleton<TimeProvider>(SiloSetup.Timers, time);
        await builder.AddSchedulerSilo(new() { ClusterId = clusterId, ConnectionString = settings?.ConnectionString }, ledger, catalogue, clock);
        var host = builder.Build();
        await host.StartAsync();
        var house = new House(folder, host, ledger, catalogue, clock, time);
        if (furnish)
            await house.Furnish();
        return house;
    }

    /// <summary>What the clockwork does once a second, and what that set going.</summary>
    public Task Tick() => _host.Services.GetRequiredService<SeasonClock>().Tick();

    /// <summary>Who waits, as the silo knows it.</summary>
    internal WaitlistIndex Waiting => _host.Services.GetRequiredService<WaitlistIndex>();

    /// <summary>What the clockwork does once a minute.</summary>
    public Task Check() => _host.Services.GetRequiredService<WaitlistRounds>().Check();

    /// <summary>Throws every idle grain away.</summary>
    public Task ThrowGrainsAway() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public IInstitutionQueueGrain School(string id) => Grains.GetGrain<IInstitutionQueueGrain>(id);

    public async Task<IInstitutionQueueGrain> NewSchool(string id, int vouchers = 1000, int labSeats = 1000, int proctors = 5, int? shortNotice = null)
    {
        await Put(new InstitutionEntry(new()
        {
            Id = InstitutionId.Of(id),
            Name = id,
            Zone = DateTimeZone.Utc,
            LabSeats = labSeats,
            Proctors = proctors,
            Onboarding = Onboarding.Complete,
            ShortNoticeDays = shortNotice,
        }));
        if (vouchers > 0)
            Must(await School(id).AddPack(new(By(), "MOS", vouchers, new LocalDate(2026, 1, 1))));
        return School(id);
    }

    public async Task Put(CatalogueEntry entry) => Must(await Operator.Put(new(By(), entry)));

    public Task<Answer> Capacity(Instant from, int hours, int seats, bool force = false) =>
        Operator.SetException(new(By(), "p", from, from + Duration.FromHours(hours), seats, force, null));

    /// <summary>The start of a slot some days and hours after the house's first day.</summary>
    public static Instant Slot(int days, int hour) => Instant.FromUtc(2026, 3, 2, 0, 0) + Duration.FromDays(days) + Duration.FromHours(hour);

    public static BookingWish Wish(Instant start, int seats, DeliveryMode mode = DeliveryMode.Lab, string exam = "e", params Accommodation[] accommodations) =>
        new() { Exam = ExamId.Of(exam), Pool = Pool, Start = start, Seats = seats, Mode = mode, Accommodations = [.. accommodations] };

    public static Answer Must(Answer answer)
    {
        answer.IsProblem.ShouldBeFalse(answer.Text);
        return answer;
    }

    public static string Code(Answer answer) => Member(answer, "code").GetString()!;

    public static Guid Id(Answer answer) => Member(Must(answer), "id").GetGuid();

    public static JsonElement Member(Answer answer, string name)
    {
        using var body = JsonDocument.Parse(answer.Body!);
        return body.RootElement.GetProperty(name).Clone();
    }

    /// <summary>Seats free of the slot, as the ledger's row says.</summary>
    public async Task<int> Free(Instant start)
    {
        var row = await Ledger.Read.Slot(new(Pool, SlotMinutes.Of(start)));
        return row.Capacity - row.Booked - row.Held;
    }

    public async Task<ISlotPoolGrain> SlotGrain(Instant start)
    {
        await Task.CompletedTask;
        return Grains.GetGrain<ISlotPoolGrain>($"p/{SlotMinutes.Of(start)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Catalogue.Dispose();
        await Ledger.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task Furnish()
    {
        await Put(new Pool(Pool, "Pool", DateTimeZone.Utc, "office"));
        await Put(new Exam
        {
            Id = Exam, Programme = "MOS", Name = "Exam", Minutes = 50, CheckInMinutes = 5, ResetMinutes = 5, Pools = [Pool],
            Modes = [DeliveryMode.Lab, DeliveryMode.Online],
        });
        var week = new WeeklyRow([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], LocalTime.Midnight, 24, 10);
        Must(await Operator.SetTemplate(new(By(), "p", new(new LocalDate(2026, 3, 1), new LocalDate(2026, 6, 30), [week]), false, null)));
    }
}
