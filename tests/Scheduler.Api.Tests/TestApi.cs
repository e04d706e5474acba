using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Api;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>The real server: Kestrel on a free port, a silo, SQLite in a folder of its own, and the rules' clock in the test's hand.</summary>
public sealed class TestApi : IAsyncDisposable
{
    public const string OperatorKey = "sk_operator_of_the_tests_0123456789";
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    private readonly string _folder;
    private readonly ServeHost _host;
    private readonly Dictionary<string, ApiClient> _callers = [];

    private TestApi(string folder, ServeHost host, TestClock clock, string? connection)
    {
        (_folder, _host, Clock) = (folder, host, clock);
        Settings = new() { DataDirectory = folder, ConnectionString = connection };
        Url = host.Urls.First();
        _callers["operator"] = As(OperatorKey);
        _callers["nobody"] = As(null);
    }

    public TestClock Clock { get; }

    public string Url { get; }

    /// <summary>The place of the ledger.</summary>
    public LedgerSettings Settings { get; }

    /// <summary>The data folder.</summary>
    public string Folder => _folder;

    public IServiceProvider Services => _host.Services;

    public ApiClient Operator => Caller("operator");

    public ApiClient Instructor => Caller("instructor");

    /// <summary>Starts a server of its own, by default furnished with <see cref="Schools"/>.</summary>
    public static async Task<TestApi> Open(bool furnish = true, Action<IServiceCollection>? configure = null, string? connection = null,
        Action<ILoggingBuilder>? log = null, string[]? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-api-").FullName;
        var clock = new TestClock(Start);
        var faults = new List<string>();
        List<string> args =
        [
            "--urls", "http://127.0.0.1:0", "--Scheduler:DataDirectory", folder, "--Scheduler:Bootstrap:OperatorKey", OperatorKey,
            "--Logging:LogLevel:Default", log is null ? "Error" : "Information", .. settings ?? [],
        ];
        if (connection is not null)
        {
            args.AddRange(["--ConnectionStrings:Ledger", connection]);
            args.AddRange(["--Scheduler:Cluster:AllowPlaintext=true", "--Scheduler:Cluster:AdvertisedAddress=127.0.0.1"]);
        }

        var plan = ServeHost.Prepare([.. args], faults, clock);
        plan.ShouldNotBeNull(string.Join('\n', faults));
        configure?.Invoke(plan.Builder.Services);
        log?.Invoke(plan.Builder.Logging);
        var host = await ServeHost.Open(plan);
        await host.Start();
        var api = new TestApi(folder, host, clock, connection);
        if (furnish)
            await Schools.Furnish(api);
        return api;
    }

    /// <summary>
    /// By name: nobody, operator, and those of <see cref="Schools"/>: viewer, instructor, coordinator (of own), boardCoordinator, foreign (its coordinator).
    /// </summary>
    public ApiClient Caller(string name) => _callers[name];

    /// <summary>A caller with this key; null for nobody.</summary>
    public ApiClient As(string? key) => new(Url, key);

    /// <summary>A caller with a fresh key of this role.</summary>
    public async Task<ApiClient> NewCaller(string role, string? institution)
    {
        var body = new JsonObject { ["role"] = role, ["name"] = $"{role} of {institution}" };
        if (institution is not null)
            body["institution"] = institution;
        return As((await Operator.Post("/api-keys", body)).Must(201).Member("key"));
    }

    /// <summary>Gives a caller a name.</summary>
    public async Task AddCaller(string name, string role, string institution) => _callers[name] = await NewCaller(role, institution);

    /// <summary>Checks the whole ledger.</summary>
    public async Task MustAddUp() => (await LedgerCheck.Run(Settings, TestContext.Current.CancellationToken)).ShouldBeEmpty();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
