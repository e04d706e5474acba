using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using NodaTime;
using Orleans.Runtime;
using Scheduler.Demo;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The running server. The ledger opens first, then the silo starts, then the web server listens. At the end the web server stops listening and answers the
/// calls that have arrived. Then the silo stops. Then the ledger finishes its commits and unlocks the folder.
/// </summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private readonly SeatLedger _ledger;
    private readonly CatalogueCopy _catalogue;
    private readonly AccountCopy _accounts;
    private readonly CookieKeyStore _cookieKeys;
    private readonly WebApplication _app;
    private readonly ILoggerFactory _logs;
    private bool _isStarted;

    private ServeHost(
        ServePlan plan, ILoggerFactory logs, SeatLedger ledger, CatalogueCopy catalogue, AccountCopy accounts, CookieKeyStore cookieKeys, WebApplication app)
    {
        Plan = plan;
        _logs = logs;
        _ledger = ledger;
        _catalogue = catalogue;
        _accounts = accounts;
        _cookieKeys = cookieKeys;
        _app = app;
    }

    public ServePlan Plan { get; }

    /// <summary>Whether the first operator's account is still to be made.</summary>
    public bool NeedsFirstOperator => !_accounts.HasOperator;

    /// <summary>The first operator's key, when this start drew the key; otherwise null.</summary>
    public string? DrawnKey { get; private set; }

    /// <summary>Why the operator's key in the settings was refused; null when the key was taken, or when none is set.</summary>
    public string? KeyRefusal { get; private init; }

    /// <summary>The addresses at which the server listens, after the start.</summary>
    public ICollection<string> Urls => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>What the demonstration loaded; null without a demonstration.</summary>
    public DemoReport? Demo => _app.Services.GetService<DemoLoading>()?.Report;

    public IServiceProvider Services => _app.Services;

    /// <summary>Reads the settings. Returns null, and adds every fault, when some settings are wrong.</summary>
    public static ServePlan? Prepare(string[] args, List<string> faults, IClock? clock = null)
    {
        // Settings are read once. A watcher of their files would watch all folders under the working folder. The ledger's folder is one of them, so the watcher
        // would run at each write of the ledger.
        var builder = WebApplication.CreateSlimBuilder(WebFiles.Options([.. args, "--hostBuilder:reloadConfigOnChange=false"]));
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration[WebFiles.Watch] ??= "false";
        var isDevelopment = builder.Environment.IsDevelopment();
        var settings = SchedulerSettings.ForServing(builder.Configuration, isDevelopment, faults);
        if (EnvironmentNames.Fault(builder.Environment.EnvironmentName) is { } environment)
            faults.Add(environment);
        if (ListenAddresses.Fault(builder.Configuration, settings is { Options.Demo: true }) is { } fault)
            faults.Add(fault);
        if (settings is null || faults.Count > 0)
            return null;
        SchedulerSettings.AddTo(builder.Services, builder.Configuration, isDevelopment);
        if (ListenAddresses.AreUnset(builder.Configuration))
            builder.WebHost.UseUrls(ListenAddresses.Default);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(WebServerLimits.Set);
        LogDefaults.Put(builder.Configuration);
        clock ??= settings.Now is { } now ? SchedulerClock.From(now) : SchedulerClock.Real();
        return new(settings, builder, settings.Options.Demo ? new DemoClock(clock) : clock);
    }

    /// <summary>Opens the ledger and builds the host.</summary>
    /// <exception cref="StartRefusedException">An address is taken, or the demonstration does not fit the ledger.</exception>
    /// <exception cref="LedgerInUseException">Another process has the data folder.</exception>
    /// <exception cref="LedgerSchemaException">The ledger's schema cannot be brought up to date.</exception>
    public static async Task<ServeHost> Open(ServePlan plan)
    {
        if (ListenAddresses.Taken(ListenAddresses.Of(plan.Builder.Configuration)) is { } taken)
            throw new StartRefusedException(ExitCode.Unavailable, taken);
        var logs = ServeLogs.Share(plan.Builder);
        SeatLedger? ledger = null;
        try
        {
            ledger = await SeatLedger.Open(plan.Settings.Ledger, plan.Clock, logs, CancellationToken.None);
            var catalogue = await CatalogueCopy.Open(ledger);
            if (plan.Settings.Options.Demo && !DemoSeason.CanBeLoadedInto(catalogue.Current))
                throw new StartRefusedException(ExitCode.Refused, DemoGreeting.NotEmpty);
            var keyRefusal = plan.Settings.Options.Bootstrap.OperatorKey is { } given ? await FirstOperator.Keep(ledger, catalogue, plan.Clock, given) : null;
            var accounts = await AccountCopy.Open(ledger, logs);
            var cookieKeys = await CookieKeyStore.Open(ledger, plan.Clock, logs);
            var app = await Build(plan, ledger, catalogue, accounts, cookieKeys);
            await cookieKeys.MakeFirst(app.Services.GetRequiredService<IDataProtectionProvider>());
            return new(plan, logs, ledger, catalogue, accounts, cookieKeys, app) { KeyRefusal = keyRefusal };
        }
        catch
        {
            if (ledger is not null)
                await ledger.DisposeAsync();
            logs.Dispose();
            throw;
        }
    }

    /// <summary>Starts the silo and listens. The first operator's key is drawn only after that, so that a start that fails earlier loses no key.</summary>
    /// <exception cref="OperationCanceledException">A signal ended the start.</exception>
    public async Task Start()
    {
        try
        {
            await _app.StartAsync();
        }
        catch (OrleansLifecycleCanceledException stopped)
        {
            throw new OperationCanceledException("A signal ended the start.", stopped);
        }

        _isStarted = true;
        DrawnKey = await FirstOperator.Draw(_ledger, _catalogue, Plan.Clock);
    }

    public Task WaitForStop() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync();
        }
        catch (InvalidOperationException notRunning) when (!_isStarted)
        {
            // A signal ended the start while the silo was starting. Orleans cannot stop such a silo in order; disposing ends it.
            _logs.CreateLogger<ServeHost>().LogDebug(notRunning, "The silo was not stopped in order, because it had not started");
        }

        await _app.DisposeAsync();
        _catalogue.Dispose();
        _accounts.Dispose();
        _cookieKeys.Dispose();
        await _ledger.DisposeAsync();
        _logs.Dispose();
    }

    private static async Task<WebApplication> Build(
        ServePlan plan, SeatLedger ledger, CatalogueCopy catalogue, AccountCopy accounts, CookieKeyStore cookieKeys)
    {
        plan.Builder.Services.AddSingleton(accounts);
        plan.Builder.Services.AddSingleton(cookieKeys);
        plan.Builder.Services.AddSingleton(services => new RecoveryFiles(
            ledger, accounts, plan.Clock, plan.Settings.ConnectionString is null ? plan.Settings.Options.DataDirectory : null,
            services.GetRequiredService<ILogger<RecoveryFiles>>()));
        await plan.Builder.AddSchedulerSilo(plan.Settings.Silo, ledger, catalogue, plan.Clock);
        if (plan.Clock is DemoClock clock)
            plan.Builder.Services.AddDemoSeason(clock);
        plan.Builder.Services.AddSchedulerApi();
        plan.Builder.Services.AddSchedulerProviders(plan.Settings.Options);
        var app = plan.Builder.Build();
        app.MapSchedulerApi();
        return app;
    }
}
