using System.Globalization;

namespace Scheduler.Api;

/// <summary>Notices that the process which started this one is gone, and asks the work to end: nobody is left to read the plan.
/// Linux tells by a changed parent id; elsewhere the watch does nothing.</summary>
internal sealed class OrphanWatch : IDisposable
{
    private readonly Timer? _timer;

    private OrphanWatch(CancellationTokenSource cut)
    {
        if (Parent() is not { } parent)
            return;
        _timer = new Timer(
            _ =>
            {
                if (Parent() is { } now && now != parent)
                    cut.Cancel();
            },
            null,
            250,
            250);
    }

    public static OrphanWatch Start(CancellationTokenSource cut) => new(cut);

    public void Dispose() => _timer?.Dispose();

    private static int? Parent() =>
        ProcessClock.StatFields() is { Length: > 1 } fields && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}

/// <summary>The age of this process: the time limit of <c>solve</c> covers also what happened before the first line of our code.</summary>
internal static class ProcessClock
{
    private static readonly double AgeAtStart = Age();
    private static readonly long Started = System.Diagnostics.Stopwatch.GetTimestamp();

    public static double Seconds => AgeAtStart + System.Diagnostics.Stopwatch.GetElapsedTime(Started).TotalSeconds;

    /// <summary>The fields of /proc/self/stat behind the name, of which the second is the parent's id and the twentieth the start; null elsewhere than on Linux.</summary>
    public static string[]? StatFields()
    {
        const string File = "/proc/self/stat";
        if (!System.IO.File.Exists(File))
            return null;
        var text = System.IO.File.ReadAllText(File);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Age()
    {
        // Without /proc a third of a second is assumed, what the runtime takes to start on a slow machine.
        if (StatFields() is not { Length: > 19 } fields || !System.IO.File.Exists("/proc/uptime"))
            return 0.3;
        const double TicksPerSecond = 100;
        var started = double.Parse(fields[19], CultureInfo.InvariantCulture) / TicksPerSecond;
        var uptime = double.Parse(System.IO.File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        return Math.Max(0, uptime - started);
    }
}
