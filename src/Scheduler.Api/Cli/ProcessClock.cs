using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Api;

/// <summary>The age of this process. The time limit of <c>solve</c> also covers the time before the first line of our code.</summary>
internal static class ProcessClock
{
    // Used without /proc: the seconds that the runtime needs to start on a slow machine.
    private const double AssumedAge = 0.3;
    private const double TicksPerSecond = 100;
    private static readonly double AgeAtStart = Age();
    private static readonly long Started = Stopwatch.GetTimestamp();

    public static double Seconds => AgeAtStart + Stopwatch.GetElapsedTime(Started).TotalSeconds;

    /// <summary>
    /// The fields of /proc/self/stat after the name. The second field is the id of the parent process, the twentieth is the start. Null on systems other than
    /// Linux.
    /// </summary>
    public static string[]? StatFields()
    {
        const string Stat = "/proc/self/stat";
        if (!File.Exists(Stat))
            return null;
        var text = File.ReadAllText(Stat);
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static double Age()
    {
        if (StatFields() is not { Length: > 19 } fields || !File.Exists("/proc/uptime"))
            return AssumedAge;
        var started = double.Parse(fields[19], CultureInfo.InvariantCulture) / TicksPerSecond;
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
        return Math.Max(0, uptime - started);
    }
}
