namespace Scheduler.Benchmarks;

/// <summary>The result of one round of one variant.</summary>
/// <param name="PerSecond">Calls per second, or another rate that is compared.</param>
/// <param name="P50">Median latency in milliseconds; NaN if none was measured.</param>
/// <param name="P99">99th percentile of the latency in milliseconds; NaN if none was measured.</param>
/// <param name="Cpu">
/// Processor time of the serving process for each call, in microseconds; NaN if none was measured. Unlike the rate, this time hardly depends on other work of
/// the machine.
/// </param>
internal readonly record struct Sample(double PerSecond, double P50 = double.NaN, double P99 = double.NaN, double Cpu = double.NaN);
