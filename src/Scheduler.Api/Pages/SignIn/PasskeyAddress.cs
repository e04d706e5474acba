using System.Net;

namespace Scheduler.Api;

/// <summary>The addresses of forms about passkeys, and the names under which browsers allow passkeys.</summary>
internal static class PasskeyAddress
{
    public const string SignInOptions = "/sign-in/passkey/options";

    public const string MakeOptions = $"{SignInPaths.Passkeys}/options";

    /// <summary>The address that signs in and goes back to a page.</summary>
    public static string SignIn(string? back) => back is null ? "/sign-in/passkey" : $"/sign-in/passkey?{SignInPaths.Back}={Uri.EscapeDataString(back)}";

    /// <summary>Whether the host is a name.</summary>
    public static bool IsName(HostString host) => !IPAddress.TryParse(host.Host.Trim('[', ']'), out _);

    /// <summary>
    /// The same page under the name of this machine, with all values of its address; null when the server is not asked by the machine's own address.
    /// </summary>
    public static string? OfName(HttpRequest request) =>
        IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)
            ? $"{request.Scheme}://localhost{(request.Host.Port is { } port ? $":{port}" : "")}{request.Path}{request.QueryString}"
            : null;
}
