using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scheduler.Grains;

/// <summary>
/// The address that a silo writes into the membership table, where other silos find it. Without a setting, the address is the local address of the network
/// route to the database. When this route is TCP to this machine itself, the address cannot be used: a tunnel or a proxy may forward to the database, and other
/// machines would connect to their own loopback address. Then the setting is required. A Unix socket means that the database is on this machine, so the
/// loopback address is used; silos on other machines then need the setting.
/// </summary>
internal static class AdvertisedAddress
{
    public static IPAddress Of(SiloSettings settings, string database)
    {
        if (settings.AdvertisedAddress is { } set)
            return set;
        var connection = new NpgsqlConnectionStringBuilder(database);
        var host = connection.Host?.Split(',')[0] ?? "localhost";
        if (host.StartsWith('/') || host.StartsWith('@') || host.Length == 0)
            return IPAddress.Loopback;
        var address = OnTheWayTo(Dns.GetHostAddresses(HostOnly(host))[0], connection.Port);
        return IPAddress.IsLoopback(address)
            ? throw new AdvertisedAddressUnknownException(
                $"The database is reached at '{host}', an address of this machine alone, which may be a tunnel or a proxy. "
                    + "Other processes cannot find this one there.")
            : address;
    }

    /// <summary>
    /// The endpoint to listen at: the advertised address if this machine has that address, else (behind network address translation) every address.
    /// </summary>
    public static IPEndPoint ListenAt(IPAddress advertised, int port)
    {
        using var socket = new Socket(advertised.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(advertised, 0));
            return new(advertised, port);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            return new(advertised.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port);
        }
    }

    private static IPAddress OnTheWayTo(IPAddress database, int port)
    {
        using var socket = new Socket(database.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Connecting a datagram socket sends nothing. The operating system only looks up the route.
        socket.Connect(database, port);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    /// <summary>The host without its port. In a list of hosts a host may be written <c>host:port</c>; an IPv6 address contains colons too.</summary>
    private static string HostOnly(string host) => IPAddress.TryParse(host, out _) ? host : host.Split(':')[0];
}
