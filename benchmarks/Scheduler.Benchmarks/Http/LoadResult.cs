namespace Scheduler.Benchmarks;

/// <summary>The result of an order.</summary>
internal sealed record LoadResult(double PerSecond, double P50, double P99, int Errors, string? FirstError);
