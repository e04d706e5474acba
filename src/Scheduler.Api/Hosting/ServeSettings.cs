using System.Globalization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>The settings of http-api.md, read and checked at start: a wrong one stops the start with what to do about it, and none is passed over in silence.</summary>
internal sealed record ServeSettings
{
    private const string Section = "Scheduler";
    private static readonly string[] _known = ["DataDirectory", "ClusterId", "Bootstrap:OperatorKey", "Clock:Now", "Demo", "SiloPort", "GatewayPort"];

    /// <summary>All settings of our own, as environment names.</summary>
    public static IEnumerable<string> Names => _known.Select(Name);

    /// <summary>Folder of the embedded database.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>PostgreSQL instead of it.</summary>
    public string? ConnectionString { get; init; }

    public required string ClusterId { get; init; }

    /// <summary>The first operator's key, for unattended set-up.</summary>
    public string? OperatorKey { get; init; }

    /// <summary>Where the clock starts; null for the machine's.</summary>
    public Instant? Now { get; init; }

    /// <summary>Load the demonstration season.</summary>
    public bool Demo { get; init; }

    /// <summary>Port for other silos; 0 for a free one.</summary>
    public int SiloPort { get; init; }

    /// <summary>Port for clients of the cluster; 0 for a free one.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Reads them; null with every fault in words.</summary>
    public static ServeSettings? Read(IConfiguration configuration, bool isDevelopment, List<string> faults)
    {
        var section = configuration.GetSection(Section);
        foreach (var (key, _) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null))
        {
            if (!_known.Contains(key, StringComparer.OrdinalIgnoreCase))
                faults.Add($"{Name(key)} is not a setting. Known are: {string.Join(", ", _known.Select(Name))}.");
        }

        var settings = new ServeSettings
        {
            DataDirectory = section["DataDirectory"] is { Length: > 0 } folder ? folder : "./data",
            ConnectionString = configuration.GetConnectionString("Ledger") is { Length: > 0 } connection ? connection : null,
            ClusterId = section["ClusterId"] is { Length: > 0 } cluster ? cluster : "scheduler",
            OperatorKey = Key(section["Bootstrap:OperatorKey"], faults),
            Now = Clock(section["Clock:Now"], isDevelopment, faults),
            Demo = Flag("Demo", section["Demo"], faults),
            SiloPort = Port("SiloPort", section["SiloPort"], faults),
            GatewayPort = Port("GatewayPort", section["GatewayPort"], faults),
        };
        return faults.Count == 0 ? settings : null;
    }

    private static string Name(string key) => $"{Section}__{key.Replace(":", "__", StringComparison.Ordinal)}";

    private static string? Key(string? text, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > 500 || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            faults.Add($"{Name("Bootstrap:OperatorKey")} must be at most 500 visible ASCII characters without spaces; draw it at random, such as by: openssl rand -hex 32.");
        return text;
    }

    private static Instant? Clock(string? text, bool isDevelopment, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!isDevelopment)
            faults.Add($"{Name("Clock:Now")} moves the rules' clock and is for trying things out only: set DOTNET_ENVIRONMENT=Development with it, or leave it out.");
        if (Words.TryInstant(text, out var now, out var remedy))
            return now;
        faults.Add($"{Name("Clock:Now")} {remedy}; it is '{text}'.");
        return null;
    }

    private static bool Flag(string name, string? text, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (bool.TryParse(text, out var value))
            return value;
        faults.Add($"{Name(name)} must be true or false; it is '{text}'.");
        return false;
    }

    private static int Port(string name, string? text, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65_535)
            return port;
        faults.Add($"{Name(name)} must be a port, 0 to 65535; it is '{text}'.");
        return 0;
    }
}
