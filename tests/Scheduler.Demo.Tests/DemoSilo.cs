using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Orleans;
using Scheduler.Demo;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>A silo and a ledger on disk whose clock the demonstration may set.</summary>
public sealed class DemoSilo : IAsyncDisposable
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 15, 30);
    private readonly string _folder;
    private readonly IHost _host;

    private DemoSilo(string folder, IHost host, SeatLedger ledger, CatalogueCopy catalogue, DemoClock clock)
    {
        _folder = folder;
        _host = host;
        Ledger = ledger;
        Catalogue = catalogue;
        Clock = clock;
    }

    internal DemoClock Clock { get; }

    internal SeatLedger Ledger { get; }

    internal CatalogueCopy Catalogue { get; }

    internal IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public LedgerSettings Settings => new() { DataDirectory = _folder };

    public static async Task<DemoSilo> Open()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-demo-").FullName;
        var clock = new DemoClock(new TestClock(Now));
        var ledger = await SeatLedger.Open(new() { DataDirectory = folder }, clock, NullLoggerFactory.Instance, CancellationToken.None);
        var catalogue = await CatalogueCopy.Open(ledger);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        await builder.AddSchedulerSilo(new() { ClusterId = "demo" }, ledger, catalogue, clock);
        var host = builder.Build();
        await host.StartAsync();
        return new(folder, host, ledger, catalogue, clock);
    }

    internal Task<DemoReport> Load(int seed = DemoSeason.DefaultSeed) => new DemoSeason(Ledger, Catalogue, Grains, Clock, NullLogger.Instance).Load(seed);

    /// <summary>One pool with its ordinary weeks.</summary>
    internal async Task Offer(DemoPool pool, Instant now)
    {
        var grain = Grains.GetGrain<ICatalogueGrain>(0);
        DemoResults.Value(await grain.Put(new(DemoStage.Operator, pool.Pool)));
        var week = DemoFleet.Templates(pool, new(DemoSeason.Today(now))).First();
        DemoResults.Value(await grain.SetTemplate(new(DemoStage.Operator, pool.Pool.Id.Text, week, false, null)));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Catalogue.Dispose();
        await Ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
