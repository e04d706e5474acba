using Orleans;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Loads the demonstration after the silo has started and before anybody is listened to: hosted services start in the order in which they were added, the web server last.
/// </summary>
internal sealed class DemoLoading(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, DemoClock clock, ILogger<DemoLoading> log) : IHostedService
{
    /// <summary>What was loaded; null before the start.</summary>
    public DemoReport? Report { get; private set; }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken) => Report = await new DemoSeason(ledger, catalogue, grains, clock, log).Load(DemoSeason.DefaultSeed);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Puts the demonstration into a host, and judges where it may listen.</summary>
internal static class DemoSetup
{
    /// <summary>Adds the loading. Call it after the silo was added, which must have been given the same clock.</summary>
    public static IServiceCollection AddDemoSeason(this IServiceCollection services, DemoClock clock) => services
        .AddSingleton(clock)
        .AddSingleton<DemoLoading>()
        .AddHostedService(provider => provider.GetRequiredService<DemoLoading>());

    /// <summary>What is wrong with where these settings would have a demonstration listen, whose keys are printed; null when it is loopback alone.</summary>
    public static string? Refusal(IConfiguration configuration)
    {
        foreach (var other in (string[])["http_ports", "https_ports", "Kestrel:Endpoints"])
        {
            if (configuration.GetSection(other) is var section && (section.Value is { Length: > 0 } || section.GetChildren().Any()))
                return $"The demonstration listens on loopback only: leave the setting {other} out, and give an address by --urls.";
        }

        return Refusal(configuration[WebHostDefaults.ServerUrlsKey] ?? "");
    }

    /// <summary>The same of addresses, separated by <c>;</c>.</summary>
    public static string? Refusal(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = BindingAddress.Parse(url).Host.Trim('[', ']');
            if (!host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && !(System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address)))
                return $"The demonstration listens on loopback only, and '{url}' can be reached from elsewhere: leave --urls out, or give http://127.0.0.1:5080.";
        }

        return null;
    }
}
