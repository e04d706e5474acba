using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Whether the database answers. When the deadline of the check passes, the database counts as one that does not answer.</summary>
internal sealed class DatabaseHealth(SeatLedger ledger) : IHealthCheck
{
    public const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ledger.Read.IsReachable(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
