using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Orleans;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Adds a silo with the scheduler's grains to a host.</summary>
public static class SiloSetup
{
    /// <summary>Service key of the <see cref="TimeProvider"/> for the scheduler's own timers. Orleans' own timers always use real time.</summary>
    public const string Timers = "scheduler-timers";

    private const string ServiceId = "scheduler";
    private const int NoGateway = 0;

    /// <summary>
    /// Addresses of grains that a silo remembers. The default of Orleans, a million, takes 18 MB at the start; a full season has some thousand grains.
    /// </summary>
    private const int KnownAddresses = 65_536;

    /// <summary>
    /// Adds the silo and the services that its grains need: the ledger, the clock, the copy of the catalogue. The caller opens the ledger before, and closes
    /// the ledger after the host has stopped. A <see cref="TimeProvider"/> that was added before under <see cref="Timers"/> is used for the scheduler's own
    /// timers, and a <see cref="SolverProgram"/> that was added before solves the plans.
    /// </summary>
    public static async Task<IHostApplicationBuilder> AddSchedulerSilo(
        this IHostApplicationBuilder builder, SiloSettings settings, SeatLedger ledger, CatalogueCopy catalogue, IClock clock)
    {
        var index = await WaitlistIndex.Open(ledger);
        builder.Services.TryAddKeyedSingleton(Timers, TimeProvider.System);
        builder.Services.AddSingleton(index);
        builder.Services.AddSingleton(new StaleInstitutions(ledger));
        builder.Services.AddSingleton<WaitlistRounds>();
        builder.Services.AddSingleton<LapsedHolds>();
        builder.Services.AddSingleton(new RefusedDemand());
        builder.Services.AddSingleton<RefusalHandOver>();
        builder.Services.AddSingleton<PlanApplier>();
        builder.Services.TryAddSingleton(settings.Solver ?? new() { File = "" });
        builder.Services.AddSingleton<SolverProcess>();
        builder.Services.AddSingleton<PlanRun>();
        builder.Services.AddSingleton<PlanAdvisor>();
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(catalogue);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSerializer(serializer => serializer.AddDomainJson());
        builder.UseOrleans(silo => Configure(silo, settings));
        builder.Services.AddSingleton<SeasonClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SeasonClock>());
        return builder;
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.AddPlacementDirector<PoolDayAffinity, PoolDayPlacement>();
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = KnownAddresses);
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, settings.ClusterId));
        if (settings.ConnectionString is { } database)
            Join(silo, settings, database);
        else
            StayAlone(silo);
    }

    /// <summary>Configures a silo that is alone. Its address is only a name: no port is opened.</summary>
    private static void StayAlone(ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(gatewayPort: NoGateway);
        NoListener.Replace(silo.Services);
    }

    /// <summary>Configures a silo of a cluster: one port for other silos, and no port for clients, since all clients run in the silos' own processes.</summary>
    private static void Join(ISiloBuilder silo, SiloSettings settings, string database)
    {
        var address = AdvertisedAddress.Of(settings, database);
        var file = SiloPortFile.Of(settings);
        // The container disposes only objects that a factory returns; disposing the file unlocks the folder.
        silo.Services.AddSingleton(_ => file);
        silo.Services.AddOptions<EndpointOptions>().Configure<SiloPortFile>((endpoint, port) => ListenAt(endpoint, address, port.Port));
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = database;
        });
        if (settings.Tls is { } tls)
            silo.UseTls(tls.Certificate, options => Require(options, tls));
        silo.Configure<ClusterMembershipOptions>(Liveness);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, DepartedMembers>();
    }

    private static void ListenAt(EndpointOptions endpoint, IPAddress address, int port)
    {
        (endpoint.AdvertisedIPAddress, endpoint.SiloPort, endpoint.GatewayPort) = (address, port, NoGateway);
        endpoint.SiloListeningEndpoint = AdvertisedAddress.ListenAt(address, port);
    }

    /// <summary>Requires that both sides of a connection show a certificate that the authority has issued.</summary>
    private static void Require(TlsOptions options, SiloTls tls)
    {
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => tls.IsMember(certificate);
        // TLS needs a host name, but the name is not checked: the issuer of the certificate decides whether the other side is a member.
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = ServiceId;
    }

    /// <summary>
    /// A killed silo is declared dead after at most three probes of one and a half seconds each, so that its grains answer on another silo within ten seconds.
    /// With shorter times a silo in a long pause of the garbage collector would be declared dead.
    /// </summary>
    private static void Liveness(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        // One vote is enough: when two of three silos were killed, only one is left to vote.
        membership.NumVotesForDeathDeclaration = 1;
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedTableIAmAliveLimit = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }
}
