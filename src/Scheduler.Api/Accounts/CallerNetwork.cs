using System.Net;
using System.Net.Sockets;

namespace Scheduler.Api;

/// <summary>
/// The part of the network by which callers are counted. A caller with IPv6 has all the addresses of one network of 64 bits, so the network is counted.
/// </summary>
internal static class CallerNetwork
{
    private const int BytesOfNetwork = 8;

    /// <summary>The network of the caller of a request; empty when the caller has no address.</summary>
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    /// <summary>The network of an address. An IPv4 address is its own network, also where IPv6 writes it.</summary>
    public static string Of(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, BytesOfNetwork)),
        _ => address.ToString(),
    };
}
