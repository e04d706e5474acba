using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Scheduler.Api;

/// <summary>
/// What a verb that runs beside the server may take from the machine. On Linux the priority is a property of each thread: a thread inherits the priority of the
/// thread that starts it, and the threads of the runtime exist before the first line of our code.
/// </summary>
/// <param name="IsBackground">Whether the process has a low priority, and is the first that the kernel ends when memory runs out.</param>
/// <param name="MemoryMegabytes">Memory that the process may take, in megabytes; null for no limit.</param>
internal readonly record struct ProcessLimits(bool IsBackground, int? MemoryMegabytes)
{
    /// <summary>The id of the process with which this one ends; null for the one that started this one.</summary>
    public int? Parent { get; init; }

    /// <summary>The smallest memory limit. The runtime and its threads alone need about 100 MB.</summary>
    public const int LeastMegabytes = 64;

    // At 19 the solver of a busy server got a sixtieth of a processor, and its time limit passed before it had read its instance. At 10 it gets a tenth.
    private const int LowPriority = 10;
    private const int OneProcess = 0;
    private const int DataResource = 2;

    /// <summary>Limits this process.</summary>
    public void Apply()
    {
        if (IsBackground)
            GoToBackground();
        if (MemoryMegabytes is { } megabytes && OperatingSystem.IsLinux())
            LimitMemory(megabytes);
    }

    private static void GoToBackground()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var own = System.Diagnostics.Process.GetCurrentProcess();
            own.PriorityClass = System.Diagnostics.ProcessPriorityClass.BelowNormal;
            return;
        }

        // A thread with the old priority may start another thread during the first pass, so the passes end when one finds no new thread.
        var (seen, hasNew) = (new HashSet<string>(), true);
        while (hasNew)
        {
            hasNew = false;
            foreach (var thread in Directory.GetDirectories("/proc/self/task").Where(seen.Add))
            {
                hasNew = true;
                // A thread that has ended meanwhile needs no priority.
                _ = SetPriority(OneProcess, uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), LowPriority);
            }
        }

        File.WriteAllText("/proc/self/oom_score_adj", "1000");
    }

    /// <summary>Limits private writable memory, which counts both the managed heap and the memory of OR-Tools. A larger allocation fails.</summary>
    private static void LimitMemory(int megabytes)
    {
        var bytes = (nuint)megabytes << 20;
        var limit = new ResourceLimit(bytes, bytes);
        if (SetLimit(DataResource, in limit) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);
}
