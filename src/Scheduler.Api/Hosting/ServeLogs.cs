namespace Scheduler.Api;

/// <summary>One log for the ledger and the host, made from the host's settings. Like the ledger, the log is closed after the host.</summary>
internal static class ServeLogs
{
    /// <summary>Makes the log and gives it to the host.</summary>
    public static ILoggerFactory Share(WebApplicationBuilder builder)
    {
        var added = builder.Services.Where(service => service.ServiceType == typeof(ILoggerProvider))
            .Select(service => service.ImplementationInstance).OfType<ILoggerProvider>().ToList();
        var logs = LoggerFactory.Create(logging =>
        {
            logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole();
            added.ForEach(provider => logging.AddProvider(provider));
        });
        builder.Services.AddSingleton(logs);
        return logs;
    }
}
