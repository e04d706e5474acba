using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>
/// Loads the demonstration after the silo has started and before the web server listens. Hosted services start in the order in which they were added, and the
/// web server is the last.
/// </summary>
public sealed class DemoLoading(SeatLedger ledger, CatalogueCopy catalogue, IGrainFactory grains, DemoClock clock, ILogger<DemoLoading> log) : IHostedService
{
    /// <summary>What was loaded; null before the start.</summary>
    public DemoReport? Report { get; private set; }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken) =>
        Report = await new DemoSeason(ledger, catalogue, grains, clock, log).Load(DemoSeason.DefaultSeed);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
