using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Settings that were read and found good, with the builder that they came from.</summary>
internal sealed record ServePlan(ServeSettings Settings, WebApplicationBuilder Builder, IClock Clock)
{
    /// <summary>How many calls are answered at once.</summary>
    public GateBounds Bounds { get; init; } = new();
}

/// <summary>
/// The running house. What is opened last is closed first: the ledger is open before a grain runs, grains run before anybody is listened to; at the end the door closes first and
/// answers what it took, then the silo stops, then the ledger finishes its commits and lets go of the folder.
/// </summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private readonly SeatLedger _ledger;
    private readonly CatalogueCopy _catalogue;
    private readonly WebApplication _app;
    private readonly ServiceProvider _logs;

    private ServeHost(ServePlan plan, ServiceProvider logs, SeatLedger ledger, CatalogueCopy catalogue, WebApplication app, string? drawnKey)
    {
        _logs = logs;
        Plan = plan;
        DrawnKey = drawnKey;
        _ledger = ledger;
        _catalogue = catalogue;
        _app = app;
    }

    public ServePlan Plan { get; }

    /// <summary>The first operator's key, when this start drew it.</summary>
    public string? DrawnKey { get; }

    /// <summary>Where it listens, once started.</summary>
    public ICollection<string> Urls => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>What the demonstration loaded; null without one.</summary>
    public DemoReport? Demo => _app.Services.GetService<DemoLoading>()?.Report;

    public IServiceProvider Services => _app.Services;

    /// <summary>Reads the settings; null when some are wrong.</summary>
    public static ServePlan? Prepare(string[] args, List<string> faults, IClock? clock = null)
    {
        // Settings are read once. Watching their files would watch all folders under the working one, the ledger's own among them: each of its writes would wake a watcher.
        var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        var settings = ServeSettings.Read(builder.Configuration, builder.Environment.IsDevelopment(), faults);
        if (settings is null)
            return null;
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls("http://127.0.0.1:5080");
        if (settings.Demo && DemoSetup.Refusal(builder.Configuration) is { } exposed)
        {
            faults.Add(exposed);
            return null;
        }

        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.DiscardedBytes;
        });
        QuietLogs.Put(builder.Configuration);
        clock ??= settings.Now is { } now ? SchedulerClock.From(now) : SchedulerClock.Real();
        return new(settings, builder, settings.Demo ? new DemoClock(clock) : clock);
    }

    public static async Task<ServeHost> Open(ServePlan plan)
    {
        // The ledger is open before there is a host and closes after it: both write into one log, made of the host's settings and gone last.
        IServiceCollection services = new ServiceCollection();
        foreach (var service in plan.Builder.Services)
            services.Add(service);
        var logs = services.BuildServiceProvider();
        var factory = logs.GetRequiredService<ILoggerFactory>();
        plan.Builder.Services.AddSingleton(factory);
        SeatLedger? ledger = null;
        try
        {
            ledger = await SeatLedger.Open(
                new() { DataDirectory = plan.Settings.DataDirectory, ConnectionString = plan.Settings.ConnectionString }, plan.Clock, factory, CancellationToken.None);
            var catalogue = await CatalogueCopy.Open(ledger);
            if (plan.Settings.Demo && DemoSeason.Refusal(catalogue.Current) is { } refusal)
                throw new InvalidOperationException(refusal);
            var drawn = await FirstOperator.See(ledger, catalogue, plan.Clock, plan.Settings.OperatorKey);
            return new(plan, logs, ledger, catalogue, await Build(plan, ledger, catalogue), drawn);
        }
        catch
        {
            if (ledger is not null)
                await ledger.DisposeAsync();
            await logs.DisposeAsync();
            throw;
        }
    }

    public Task Start() => _app.StartAsync();

    public Task WaitForStop() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _catalogue.Dispose();
        await _ledger.DisposeAsync();
        await _logs.DisposeAsync();
    }

    private static async Task<WebApplication> Build(ServePlan plan, SeatLedger ledger, CatalogueCopy catalogue)
    {
        var settings = plan.Settings;
        var silo = new SiloSettings
        {
            ClusterId = settings.ClusterId,
            ConnectionString = settings.ConnectionString,
            DataDirectory = settings.DataDirectory,
            SiloPort = settings.SiloPort,
            GatewayPort = settings.GatewayPort,
        };
        await plan.Builder.AddSchedulerSilo(silo, ledger, catalogue, plan.Clock);
        if (plan.Clock is DemoClock clock)
            plan.Builder.Services.AddDemoSeason(clock);
        plan.Builder.Services.AddSingleton(plan.Bounds);
        var app = plan.Builder.Build();
        app.UseMiddleware<Gate>();
        app.UseRouting();
        app.MapDoor(new(ledger, catalogue, app.Services.GetRequiredService<IGrainFactory>(), plan.Clock));
        app.MapOpenApi();
        app.MapPlainPages(ledger);
        return app;
    }
}
