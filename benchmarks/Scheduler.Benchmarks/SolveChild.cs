using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Scheduler.Benchmarks;

/// <summary>Runs the <c>solve</c> command in a process of its own, and records its progress, processor time and memory.</summary>
internal static class SolveChild
{
    public static async Task<Outcome> Run(string instance, string plan, int threads, int timeLimit)
    {
        var command = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        var api = Path.Combine(AppContext.BaseDirectory, "Scheduler.Api.dll");
        if (!Path.GetFileNameWithoutExtension(command.FileName).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            command.FileName = "dotnet";
        string[] words = [api, "solve", instance, "--out", plan, "--threads", Text(threads), "--time-limit", Text(timeLimit), "--progress", "json"];
        foreach (var word in words)
            command.ArgumentList.Add(word);
        var started = Stopwatch.GetTimestamp();
        using var child = Process.Start(command) ?? throw new InvalidOperationException("The solver did not start.");
        var memory = Task.Run(() => Watch(child));
        var steps = new List<(double Seconds, double Value, double Bound)>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            using var json = JsonDocument.Parse(line);
            steps.Add((
                Stopwatch.GetElapsedTime(started).TotalSeconds, json.RootElement.GetProperty("value").GetDouble(),
                json.RootElement.TryGetProperty("bound", out var bound) ? bound.GetDouble() : double.NaN));
        }
        await child.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (peak, processor) = await memory;
        return child.ExitCode == 0 ? new Outcome(seconds, processor, peak, steps) : throw new InvalidOperationException($"solve ended with {child.ExitCode}");
    }

    /// <summary>The kernel keeps the peak; the last reading is at most a twentieth of a second before the end.</summary>
    private static (long Megabytes, double Processor) Watch(Process child)
    {
        var (peak, processor) = (0L, 0.0);
        while (!child.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            try
            {
                child.Refresh();
                (peak, processor) = (Math.Max(peak, child.PeakWorkingSet64 >> 20), child.TotalProcessorTime.TotalSeconds);
            }
            catch (InvalidOperationException)
            {
                // The process ended between the two calls.
                break;
            }
        }
        return (peak, processor);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <param name="Seconds">Wall time of the whole process.</param>
    /// <param name="ProcessorSeconds">Processor time of all its threads.</param>
    /// <param name="PeakMegabytes">Peak of the resident memory.</param>
    /// <param name="Steps">Every reported step: seconds since the process began, value and bound.</param>
    internal sealed record Outcome(
        double Seconds, double ProcessorSeconds, long PeakMegabytes, IReadOnlyList<(double Seconds, double Value, double Bound)> Steps);
}
