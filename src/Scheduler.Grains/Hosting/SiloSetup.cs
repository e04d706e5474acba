using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>How a silo joins its cluster.</summary>
public sealed record SiloSettings
{
    /// <summary>Which silos on a database belong together.</summary>
    public string ClusterId { get; init; } = "scheduler";

    /// <summary>PostgreSQL that holds the cluster's membership; null for a silo of its own.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Folder in which a silo of a cluster keeps its ports; null keeps none.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Port for other silos; 0 for a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port for clients of the cluster; 0 for a free one.</summary>
    public int GatewayPort { get; init; }
}

/// <summary>Puts a silo with our grains into a host.</summary>
public static class SiloSetup
{
    /// <summary>Key of the <see cref="TimeProvider"/> for our own timers; the silo's upkeep stays on real time.</summary>
    public const string Timers = "scheduler-timers";

    private const string ServiceId = "scheduler";

    /// <summary>
    /// Adds the silo and what its grains receive: the ledger, the clock, the copy of the catalogue. The caller opened the ledger, and closes it after the host has stopped.
    /// A <see cref="TimeProvider"/> that was added under <see cref="Timers"/> before drives our own timers.
    /// </summary>
    public static async Task<IHostApplicationBuilder> AddSchedulerSilo(
        this IHostApplicationBuilder builder, SiloSettings settings, SeatLedger ledger, CatalogueCopy catalogue, IClock clock)
    {
        var index = await WaitlistIndex.Open(ledger);
        builder.Services.TryAddKeyedSingleton(Timers, TimeProvider.System);
        builder.Services.AddSingleton(index);
        builder.Services.AddSingleton(new StaleMarks(ledger));
        builder.Services.AddSingleton<WaitlistRounds>();
        builder.Services.AddSingleton<LapsedHolds>();
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(catalogue);
        builder.Services.AddSingleton(clock);
        builder.UseOrleans(silo => Cluster(silo, settings));
        builder.Services.AddSingleton<SeasonClock>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SeasonClock>());
        return builder;
    }

    private static void Cluster(ISiloBuilder silo, SiloSettings settings)
    {
        silo.Services.AddPlacementDirector<PoolDayAffinity, PoolDayPlacement>();
        if (settings.ConnectionString is not { } database)
        {
            var alone = SiloPorts.Of(settings with { DataDirectory = null });
            silo.UseLocalhostClustering(alone.Silo, alone.Gateway, serviceId: ServiceId, clusterId: settings.ClusterId);
            silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
            return;
        }

        var ports = SiloPorts.Of(settings);
        // The container made by a factory disposes of it, and so lets go of the folder.
        silo.Services.AddSingleton(_ => ports);
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = database;
        });
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (ServiceId, settings.ClusterId));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = AddressTowards(database);
            (endpoint.SiloPort, endpoint.GatewayPort) = (ports.Silo, ports.Gateway);
        });
        silo.Configure<ClusterMembershipOptions>(Liveness);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, DepartedMembers>();
    }

    /// <summary>
    /// A killed silo is found dead after three probes of one and a half seconds at the latest, so that its grains answer elsewhere within ten. Shorter times would take a long pause of
    /// the garbage collector for a death.
    /// </summary>
    private static void Liveness(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        // One that was seen dead by one silo is dead: with three silos, two of which were killed, nobody else is left to vote.
        membership.NumVotesForDeathDeclaration = 1;
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedTableIAmAliveLimit = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
    }

    /// <summary>The address by which this machine is seen on the way to the database: silos that share it find each other there, on one machine by loopback.</summary>
    private static IPAddress AddressTowards(string database)
    {
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(database);
        var host = connection.Host?.Split(',')[0] ?? "localhost";
        if (host.StartsWith('/') || host.Length == 0)
            return IPAddress.Loopback;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        // Connecting a datagram socket sends nothing: it only asks for the route.
        socket.Connect(host.Split(':')[0], connection.Port);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }
}
