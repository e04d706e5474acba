using Microsoft.Extensions.Configuration.Memory;

namespace Scheduler.Api;

/// <summary>
/// What the parts below us log when nothing is set: warnings, and of two of Orleans' categories errors alone. One recommends server garbage collection at every start (a small house needs
/// less memory more), the other calls the first look at its own clock a stall. Put below all other configuration, so Logging__LogLevel__Orleans and the like still win.
/// </summary>
internal static class QuietLogs
{
    private static readonly Dictionary<string, string?> _levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss'Z '",
    };

    public static void Put(ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _levels });
}
