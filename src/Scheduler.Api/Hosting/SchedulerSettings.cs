using System.Net;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The settings of one start, read and checked.</summary>
/// <param name="Options">The settings of the section <c>Scheduler</c>.</param>
/// <param name="ConnectionString">The connection string of PostgreSQL; null for the embedded database.</param>
internal sealed record SchedulerSettings(SchedulerOptions Options, string? ConnectionString)
{
    /// <summary>The instant at which the clock of the rules starts; null for the machine's clock.</summary>
    public Instant? Now => Options.Clock.Now is { } now ? InstantPattern.ExtendedIso.Parse(now).Value : null;

    /// <summary>Where the ledger is.</summary>
    public LedgerSettings Ledger => new() { DataDirectory = Options.DataDirectory, ConnectionString = ConnectionString };

    /// <summary>How the silo joins its cluster.</summary>
    public SiloSettings Silo => new()
    {
        ClusterId = Options.ClusterId,
        ConnectionString = ConnectionString,
        DataDirectory = Options.DataDirectory,
        SiloPort = Options.SiloPort,
        Solver = OwnProgram.AsSolver() with { MemoryMegabytes = Options.Solver.MemoryMegabytes },
        AdvertisedAddress = Options.Cluster.AdvertisedAddress is { } address ? IPAddress.Parse(address) : null,
        Tls = Options.Cluster is { Certificate: { } certificate, Key: { } key, Authority: { } authority } ? SiloTls.Load(certificate, key, authority) : null,
    };

    /// <summary>
    /// Reads the settings that a server needs. Returns null, and adds every fault, when some settings are wrong. The host binds and validates the same options
    /// again when the host starts. But the ledger opens before the host exists, so the settings are read here first.
    /// </summary>
    public static SchedulerSettings? ForServing(IConfiguration configuration, bool isDevelopment, List<string> faults)
    {
        var connection = Connection(configuration);
        return Read(configuration, connection, Validator(connection, isDevelopment), faults);
    }

    /// <summary>Reads the settings that name the place of the ledger. A reader needs neither the clock nor the network between processes.</summary>
    public static SchedulerSettings? ForReading(IConfiguration configuration, List<string> faults) =>
        Read(configuration, Connection(configuration), new(isDevelopment: true, isCluster: false), faults);

    /// <summary>Adds the options to a host, which validates them at its start.</summary>
    public static void AddTo(IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        services.AddSingleton<IValidateOptions<SchedulerOptions>>(Validator(Connection(configuration), isDevelopment));
        services.AddOptions<SchedulerOptions>().Bind(Bindable(Texts(configuration))).ValidateOnStart();
    }

    private static SchedulerSettings? Read(IConfiguration configuration, string? connection, SchedulerOptionsValidator validator, List<string> faults)
    {
        var texts = Texts(configuration);
        faults.AddRange(texts.Select(group => group.Key).OfType<string>());
        var options = Bindable(texts).Get<SchedulerOptions>() ?? new();
        faults.AddRange(validator.Validate(null, options).Failures ?? []);
        return faults.Count == 0 ? new(options, connection) : null;
    }

    /// <summary>The texts of the section, grouped by their fault. The key is null for texts that can be bound.</summary>
    private static ILookup<string?, KeyValuePair<string, string?>> Texts(IConfiguration configuration) =>
        configuration.GetSection(SchedulerOptions.Section).AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null)
            .ToLookup(pair => SettingNames.Fault(pair.Key, pair.Value!));

    /// <summary>
    /// The texts that can be bound. Texts that cannot be bound are left out, so that the validator still finds the faults of the others. An empty text counts
    /// as not set.
    /// </summary>
    private static IConfigurationRoot Bindable(ILookup<string?, KeyValuePair<string, string?>> texts) =>
        new ConfigurationBuilder().AddInMemoryCollection(texts[null].Where(pair => pair.Value!.Length > 0)).Build();

    private static SchedulerOptionsValidator Validator(string? connection, bool isDevelopment) => new(isDevelopment, isCluster: connection is not null);

    private static string? Connection(IConfiguration configuration) =>
        configuration.GetConnectionString("Ledger") is { Length: > 0 } connection ? connection : null;
}
