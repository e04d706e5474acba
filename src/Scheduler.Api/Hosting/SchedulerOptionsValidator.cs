using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime.Text;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Checks the values of all settings, and reports every fault with the name of its setting and what to do.</summary>
/// <param name="isDevelopment">Whether the clock may be moved.</param>
/// <param name="isCluster">Whether other processes may share the database, so that the settings of the network between the processes are checked.</param>
internal sealed class SchedulerOptionsValidator(bool isDevelopment, bool isCluster) : IValidateOptions<SchedulerOptions>
{
    private const int ShortestKey = 16;
    private const int LongestKey = 500;
    private const int LongestClusterId = 150;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SchedulerOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(SchedulerOptions options)
    {
        if (FileFaults.PathFault(options.DataDirectory) is { } path)
            yield return $"{SettingNames.Name("DataDirectory")} must be a folder: {path}.";
        if (options.ClusterId.Length > LongestClusterId)
            yield return $"{SettingNames.Name("ClusterId")} must have at most {LongestClusterId} characters.";
        if (options.Bootstrap.OperatorKey is { } key && (key.Length is < ShortestKey or > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            yield return $"{SettingNames.Name("Bootstrap:OperatorKey")} must be {ShortestKey} to {LongestKey} visible ASCII characters without spaces; "
                + "make a random key, for example with: openssl rand -hex 32.";
        }

        if (options.Solver.MemoryMegabytes < SolverProgram.LeastMegabytes)
        {
            yield return $"{SettingNames.Name("Solver:MemoryMegabytes")} must be at least {SolverProgram.LeastMegabytes}: with less the solver does not start; "
                + $"it is {options.Solver.MemoryMegabytes}.";
        }

        if (options.Clock.Now is { } now)
        {
            if (!isDevelopment)
            {
                yield return $"{SettingNames.Name("Clock:Now")} moves the clock of the rules and is for tests only: "
                    + "set DOTNET_ENVIRONMENT=Development too, or leave the setting out.";
            }

            if (!InstantPattern.ExtendedIso.Parse(now).Success)
                yield return $"{SettingNames.Name("Clock:Now")} must be an instant such as 2026-12-07T14:00:00Z; it is '{now}'.";
        }

        foreach (var fault in options.OpenIdConnect.SelectMany(provider => ProviderFaults.Of(provider.Key, provider.Value)))
            yield return fault;
        foreach (var fault in isCluster ? Faults(options.Cluster) : [])
            yield return fault;
    }

    private static IEnumerable<string> Faults(SchedulerOptions.ClusterOptions cluster)
    {
        if (cluster.AdvertisedAddress is { } text
            && !(IPAddress.TryParse(text, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address)))
            yield return $"{SettingNames.Name("Cluster:AdvertisedAddress")} must be the IP address at which other processes reach this one; it is '{text}'.";

        (string Key, string? File)[] files =
            [("Cluster:Certificate", cluster.Certificate), ("Cluster:Key", cluster.Key), ("Cluster:Authority", cluster.Authority)];
        var missing = files.Where(file => file.File is null).Select(file => SettingNames.Name(file.Key)).ToList();
        if (missing.Count == files.Length)
        {
            if (!cluster.AllowPlaintext)
            {
                yield return "Processes on one PostgreSQL connect over the network. Without TLS each process trusts every program that reaches its port. "
                    + $"Set {string.Join(", ", missing)} (PEM files) for TLS with certificates on both sides, "
                    + $"or {SettingNames.Name("Cluster:AllowPlaintext")}=true where nobody else can reach the port.";
            }
        }
        else if (missing.Count > 0)
        {
            yield return $"TLS between processes also needs {string.Join(" and ", missing)}.";
        }
        else if (cluster.AllowPlaintext)
        {
            yield return $"{SettingNames.Name("Cluster:AllowPlaintext")} and the files for TLS cannot be set together: leave one of them out.";
        }
        else if (Unreadable(cluster) is { } reason)
        {
            yield return $"The files of {string.Join(", ", files.Select(file => SettingNames.Name(file.Key)))} cannot be used: {reason}";
        }
    }

    private static string? Unreadable(SchedulerOptions.ClusterOptions cluster)
    {
        try
        {
            SiloTls.Load(cluster.Certificate!, cluster.Key!, cluster.Authority!);
            return null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }
}
