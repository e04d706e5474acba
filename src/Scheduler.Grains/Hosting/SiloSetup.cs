using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Orleans.Configuration;
using Orleans.Hosting;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>How a silo joins its cluster.</summary>
public sealed record SiloSettings
{
    /// <summary>Which silos on a database belong together.</summary>
    public string ClusterId { get; init; } = "scheduler";

    /// <summary>PostgreSQL that holds the cluster's membership; null for a silo of its own.</summary>
    public string? ConnectionString { get; init; }

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
        var siloPort = settings.SiloPort == 0 ? FreePort() : settings.SiloPort;
        var gatewayPort = settings.GatewayPort == 0 ? FreePort() : settings.GatewayPort;
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "scheduler", clusterId: settings.ClusterId);
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
