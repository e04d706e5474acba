using System.Net;

namespace Scheduler.Grains;

/// <summary>How a silo joins its cluster.</summary>
public sealed record SiloSettings
{
    /// <summary>The name of the cluster: silos with the same name on one database belong together.</summary>
    public string ClusterId { get; init; } = "scheduler";

    /// <summary>Connection string of the PostgreSQL database with the cluster's membership table; null for a silo that is alone and opens no port.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Folder in which a silo of a cluster stores its port; null to store no port.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Port for other silos; 0 for a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Address at which other silos reach this silo; null for the local address of the network route to the database.</summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary>
    /// The TLS certificates by which silos prove to each other that they belong to the cluster; null for plain TCP, where a silo accepts everybody who can
    /// reach the port.
    /// </summary>
    public SiloTls? Tls { get; init; }

    /// <summary>The program that solves plans; null for a silo that cannot start one, on which every plan fails.</summary>
    public SolverProgram? Solver { get; init; }
}
