using Microsoft.Extensions.Configuration.Memory;

namespace Scheduler.Api;

/// <summary>
/// The log levels when nothing is set: warnings of ASP.NET Core and of Orleans, and only errors of three categories. At every start one of Orleans recommends
/// server garbage collection (a small installation should rather use little memory), and another reports the first reading of its own clock as a stall. The
/// third warns that the keys of cookies are not encrypted: their folder belongs to this user alone. All other configuration, such as
/// <c>Logging__LogLevel__Orleans</c>, overrides these defaults.
/// </summary>
internal static class LogDefaults
{
    private static readonly Dictionary<string, string?> _levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        // A start that fails is reported once, by the verb. A background service that fails stops the host, which is a critical entry of this category.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
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
