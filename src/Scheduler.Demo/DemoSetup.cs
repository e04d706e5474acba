using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Scheduler.Demo;

/// <summary>Adds the demonstration to a host.</summary>
public static class DemoSetup
{
    /// <summary>Adds the service that loads the demonstration. Call this after the silo was added with the same clock.</summary>
    public static IServiceCollection AddDemoSeason(this IServiceCollection services, DemoClock clock) => services
        .AddSingleton(clock)
        .AddSingleton<DemoLoading>()
        .AddHostedService(provider => provider.GetRequiredService<DemoLoading>());
}
