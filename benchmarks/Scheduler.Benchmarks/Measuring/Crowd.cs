using System.Diagnostics;

namespace Scheduler.Benchmarks;

/// <summary>Callers that each wait for their answer before they ask again, for a while.</summary>
internal static class Crowd
{
    /// <param name="callers">How many.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="call">One call; it throws when it did not come to what is measured.</param>
    public static async Task<Sample> Run(int callers, double seconds, Func<int, Task> call)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var waits = new List<long>[callers];
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Calls(caller))));
        var sample = Waits.Sample(waits, Stopwatch.GetElapsedTime(started).TotalSeconds);
        self.Refresh();
        return sample with { Cpu = (self.TotalProcessorTime - cpu).TotalMicroseconds / waits.Sum(own => own.Count) };

        async Task Calls(int caller)
        {
            var own = waits[caller] = [];
            while (true)
            {
                var asked = Stopwatch.GetTimestamp();
                if (asked >= end)
                    return;
                await call(caller);
                own.Add(Stopwatch.GetTimestamp() - asked);
            }
        }
    }
}

internal static class Waits
{
    public static Sample Sample(IEnumerable<IReadOnlyCollection<long>> waits, double seconds)
    {
        var all = waits.SelectMany(own => own).Order().ToArray();
        return all.Length == 0 ? new(0) : new(all.Length / seconds, Milliseconds(all, 0.50), Milliseconds(all, 0.99));
    }

    private static double Milliseconds(long[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))] * 1_000.0 / Stopwatch.Frequency;
}
