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

/// <summary>
/// A real silo on a real ledger, with a clock that the test moves. There is one pool "p" of 10 seats in every hour of every day, and one exam "e" of one slot.
/// A test adds the schools that it needs.
/// </summary>
public sealed class TestSilo : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    public static readonly PoolId Pool = PoolId.Of("p");
    public static readonly ExamId Exam = ExamId.Of("e");
    private static readonly Principal _operator = new("operator", Role.Operator, null, "Operator");
    private readonly string? _folder;
    private readonly IHost _host;

    private TestSilo(string? folder, IHost host, SeatLedger ledger, CatalogueCopy catalogue, TestClock clock, FakeTimeProvider time)
    {
        _folder = folder;
        Time = time;
        _host = host;
        Ledger = ledger;
        Catalogue = catalogue;
        Clock = clock;
        Grains = host.Services.GetRequiredService<IGrainFactory>();
    }

    /// <summary>The ledger's folder; null for a ledger elsewhere.</summary>
    public string? Folder { get; private init; }

    public SeatLedger Ledger { get; }

    public CatalogueCopy Catalogue { get; }

    public TestClock Clock { get; }

    /// <summary>Moves Scheduler's own timers. Orleans' timers stay on real time.</summary>
    public FakeTimeProvider Time { get; }

    public IGrainFactory Grains { get; }

    public ICatalogueGrain Operator => Grains.Catalogue();

    public static Caller By(Role role = Role.Operator, string? key = null, string hash = "h") =>
        new(role == Role.Operator ? _operator : new("someone", role, null, "Someone"), key is null ? null : new("someone", key, hash));

    /// <param name="folder">The ledger's folder; null for a temporary one.</param>
    /// <param name="settings">Settings of a ledger elsewhere, in place of the folder.</param>
    /// <param name="clock">The clock; null for a new one at <see cref="Start"/>.</param>
    /// <param name="setUp">Whether to make the pool and the exam.</param>
    /// <param name="clusterId">The cluster that the silo joins.</param>
    /// <param name="keepFolder">Whether the folder stays when the silo is disposed.</param>
    /// <param name="seasonClock">Whether the season clock runs.</param>
    /// <param name="onCall">Sees every call of a grain before the grain does.</param>
    public static async Task<TestSilo> Open(
        string? folder = null,
        LedgerSettings? settings = null,
        TestClock? clock = null,
        bool setUp = true,
        string clusterId = "test",
        bool keepFolder = false,
        bool seasonClock = true,
        IIncomingGrainCallFilter? onCall = null)
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
        if (onCall is not null)
            builder.Services.AddSingleton(onCall);
        if (!seasonClock)
            builder.Services.Remove(builder.Services.Last(service => service.ServiceType == typeof(IHostedService)));
        var host = builder.Build();
        await host.StartAsync();
        var silo = new TestSilo(keepFolder ? null : folder, host, ledger, catalogue, clock, time) { Folder = folder };
        if (setUp)
            await silo.SetUp();
        return silo;
    }

    /// <summary>One tick of the season clock, which ticks every second in production, and all work that the tick starts.</summary>
    public Task Tick() => _host.Services.GetRequiredService<SeasonClock>().Tick();

    /// <summary>A season clock that calls these grains.</summary>
    internal SeasonClock ClockOf(IGrainFactory grains) => ActivatorUtilities.CreateInstance<SeasonClock>(_host.Services, grains);

    /// <summary>The waitlist entries that the silo knows.</summary>
    internal WaitlistIndex Waitlist => _host.Services.GetRequiredService<WaitlistIndex>();

    /// <summary>Applies plans.</summary>
    internal PlanApplier Plans => _host.Services.GetRequiredService<PlanApplier>();

    /// <summary>Ends the flexible requests that are over, which happens every hour in production.</summary>
    public Task EndRequests() => _host.Services.GetRequiredService<SeasonClock>().EndRequests();

    /// <summary>Hands the refused sittings over to the ledger, which happens every minute in production.</summary>
    public Task HandOverRefusals() => _host.Services.GetRequiredService<RefusalHandOver>().Run();

    /// <summary>The refused sittings of this silo since the last hand-over.</summary>
    internal RefusedDemand Refused => _host.Services.GetRequiredService<RefusedDemand>();

    /// <summary>One check of the whole waitlist, which runs every minute in production.</summary>
    public Task Check() => _host.Services.GetRequiredService<WaitlistRounds>().Check();

    /// <summary>Deactivates every idle grain.</summary>
    public Task CollectIdleGrains() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

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

    public Task<CommandResult<CapacitySnapshot>> Capacity(Instant from, int hours, int seats, bool force = false) =>
        Operator.SetException(new(By(), "p", from, from + Duration.FromHours(hours), seats, force, null));

    /// <summary>The start of a slot, in days and hours after the silo's first day.</summary>
    public static Instant Slot(int days, int hour) => Instant.FromUtc(2026, 3, 2, 0, 0) + Duration.FromDays(days) + Duration.FromHours(hour);

    public static BookingWish Wish(Instant start, int seats, DeliveryMode mode = DeliveryMode.Lab, string exam = "e", params Accommodation[] accommodations) =>
        new() { Exam = ExamId.Of(exam), Pool = Pool, Start = start, Seats = seats, Mode = mode, Accommodations = [.. accommodations] };

    /// <summary>The value of a command that was done.</summary>
    public static T Must<T>(CommandResult<T> result)
        where T : Snapshot
    {
        IsDone(result).ShouldBeTrue(Code(result));
        return ((CommandResult<T>.Done)result).Value;
    }

    public static bool IsDone<T>(CommandResult<T> result)
        where T : Snapshot => result is CommandResult<T>.Done;

    /// <summary>The code of a refusal, or the name of the result.</summary>
    public static string Code<T>(CommandResult<T> result)
        where T : Snapshot => result is CommandResult<T>.Refused(var why) ? why.Code : result.GetType().Name;

    public static TRefusal Refusal<TRefusal>(object result)
        where TRefusal : Refusal => result.GetType().GetProperty("Why")!.GetValue(result).ShouldBeOfType<TRefusal>();

    public static Guid Id<T>(CommandResult<T> result)
        where T : Snapshot => Must(result) switch
        {
            BookingSnapshot(var booking) => booking.Id.Value,
            HoldSnapshot(var hold, _) => hold.Id.Value,
            RequestSnapshot(var request, _) => request.Id.Value,
            PackSnapshot(_, var pack) => pack.Id.Value,
            EntrySnapshot(ApiKey key, _) => key.Id.Value,
            var other => throw new ArgumentException($"{other} has no id."),
        };

    /// <summary>Free seats of a slot, by the ledger's row.</summary>
    public async Task<int> Free(Instant start)
    {
        var row = await Ledger.Read.Slot(new(Pool, SlotMinutes.Of(start)), CancellationToken.None);
        return row.Capacity - row.Booked - row.Held;
    }

    /// <summary>Status of a waitlist entry, by the ledger's row.</summary>
    public async Task<RequestStatus> Status(Guid request) => (await Ledger.Read.Request(new(request), CancellationToken.None))!.Status;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Catalogue.Dispose();
        await Ledger.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task SetUp()
    {
        await Put(new Pool(Pool, "Pool", DateTimeZone.Utc, "office"));
        await Put(new Exam
        {
            Id = Exam,
            Programme = "MOS",
            Name = "Exam",
            Minutes = 50,
            CheckInMinutes = 5,
            ResetMinutes = 5,
            Pools = [Pool],
            Modes = [DeliveryMode.Lab, DeliveryMode.Online],
        });
        var week = new WeeklyRow([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], LocalTime.Midnight, 24, 10);
        Must(await Operator.SetTemplate(new(By(), "p", new(new LocalDate(2026, 3, 1), new LocalDate(2026, 6, 30), [week]), false, null)));
    }
}
