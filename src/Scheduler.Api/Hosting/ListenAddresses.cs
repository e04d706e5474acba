using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Api;

/// <summary>
/// Checks the addresses of <c>--urls</c>: whether they are well formed, and whether the server can listen at them. The check runs before the ledger opens, so
/// that a start that is refused ends at once.
/// </summary>
internal static class ListenAddresses
{
    /// <summary>The address of the server when no address is set.</summary>
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>The addresses at which the server will listen by <c>--urls</c>, or by the ports when <c>--urls</c> is not set; empty when neither is
    /// set.</summary>
    public static string Of(IConfiguration configuration) => configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls
        ? urls
        : string.Join(';', Ports(configuration, "http").Concat(Ports(configuration, "https")));

    /// <summary>Whether no setting says where to listen.</summary>
    public static bool AreUnset(IConfiguration configuration) =>
        Of(configuration).Length == 0 && !configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    /// <summary>What is wrong with the addresses in the configuration; null when nothing is wrong.</summary>
    public static string? Fault(IConfiguration configuration, bool isDemo)
    {
        var urls = Of(configuration);
        if (Split(urls).FirstOrDefault(url => Parse(url) is null) is { } wrong)
        {
            return $"'{wrong}' is not an address to listen at; --urls takes addresses such as {Default}, separated by semicolons. "
                + "The host is an IP address, localhost, or * for all addresses of this machine.";
        }

        if (!isDemo)
            return null;
        foreach (var other in (string[])["http_ports", "https_ports", "Kestrel:Endpoints"])
        {
            if (configuration.GetSection(other) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any()))
                return $"The demonstration listens on loopback only: leave the setting {other} out, and give an address by --urls.";
        }

        return DemoFault(urls);
    }

    /// <summary>
    /// Names an address that other machines can reach. The demonstration prints its keys, so it must not listen there. Null when there is no such address.
    /// </summary>
    public static string? DemoFault(string urls) => Split(urls).FirstOrDefault(url => Parse(url) is not { } address || !IsLoopback(address.Host)) is { } exposed
        ? $"The demonstration listens on loopback only, and '{exposed}' can be reached from other machines: leave --urls out, or give {Default}."
        : null;

    /// <summary>Names an address at which the server cannot listen now, and why; null when there is no such address.</summary>
    public static string? Taken(string urls)
    {
        foreach (var url in Split(urls))
        {
            if (Parse(url) is { IsUnixPipe: false, IsNamedPipe: false, Port: not 0 } address && Taken(Host(address), address.Port) is { } reason)
                return $"Cannot listen at {url}: {reason}. Give another address by --urls.";
        }

        return null;
    }

    /// <summary>The address that a browser or a program of this machine can open, of an address at which the server listens.</summary>
    public static string ToOpen(string url) => Parse(url) is { IsUnixPipe: false, IsNamedPipe: false } address && IsAny(address.Host)
        ? string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{(address.Host is "[::]" ? "localhost" : "127.0.0.1")}:{address.Port}")
        : url;

    /// <summary>Whether the host means all addresses of the machine. Nobody can open such an address.</summary>
    private static bool IsAny(string host) => host is "*" or "+"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    private static IEnumerable<string> Ports(IConfiguration configuration, string scheme) =>
        Split(configuration[$"{scheme}_ports"] ?? "").Select(port => $"{scheme}://*:{port}");

    private static string? Taken(IPAddress host, int port)
    {
        using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(host, port));
            socket.Listen();
            return null;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "another program listens there",
                SocketError.AddressNotAvailable => "this machine does not have the address",
                SocketError.AccessDenied => "this user may not listen at the port",
                _ => fault.Message,
            };
        }
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address is { Port: >= 0 and <= IPEndPoint.MaxPort, PathBase.Length: 0 } && IsHost(address)
                ? address
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the host says where to listen. The web server would take any other name for all addresses of the machine, and so listen where nobody expects it.
    /// </summary>
    private static bool IsHost(BindingAddress address) => address.IsUnixPipe || address.IsNamedPipe
        || address.Host is "*" or "+"
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(address.Host.Trim('[', ']'), out _);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads a host as the server does: a name that is not an IP address means all addresses of the machine.</summary>
    private static IPAddress Host(BindingAddress address) => address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        ? IPAddress.Loopback
        : IPAddress.TryParse(address.Host.Trim('[', ']'), out var host) ? host : IPAddress.Any;
}
