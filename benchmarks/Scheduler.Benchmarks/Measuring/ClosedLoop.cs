using System.Diagnostics;

namespace Scheduler.Benchmarks;

/// <summary>A closed-loop load: each caller awaits the answer before the next call.</summary>
internal static class ClosedLoop
{
    /// <param name="callers">How many callers run side by side.</param>
    /// <param name="seconds">How long they call.</param>
    /// <param name="call">One call by the caller of this number. A call that does not have the measured outcome throws.</param>
    public static async Task<Sample> Run(int callers, double seconds, Func<int, Task> call)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var latencies = new List<long>[callers];
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Calls(caller))));
        var sample = Latencies.Sample(latencies, Stopwatch.GetElapsedTime(started).TotalSeconds);
        self.Refresh();
        return sample with { Cpu = (self.TotalProcessorTime - cpu).TotalMicroseconds / latencies.Sum(own => own.Count) };

        async Task Calls(int caller)
        {
            var own = latencies[caller] = [];
            while (true)
            {
                var began = Stopwatch.GetTimestamp();
                if (began >= end)
                    return;
                await call(caller);
                own.Add(Stopwatch.GetTimestamp() - began);
            }
        }
    }
}
