using System.Diagnostics;

namespace Scheduler.Benchmarks;

/// <summary>Rate and percentiles from the latencies of calls, which are in ticks of the stopwatch.</summary>
internal static class Latencies
{
    public static Sample Sample(IEnumerable<IReadOnlyCollection<long>> latencies, double seconds)
    {
        var all = latencies.SelectMany(own => own).Order().ToArray();
        return all.Length == 0 ? new(0) : new(all.Length / seconds, Milliseconds(all, 0.50), Milliseconds(all, 0.99));
    }

    private static double Milliseconds(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))] * 1_000.0 / Stopwatch.Frequency;
}
