using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Scheduler.Grains;

/// <summary>Asks a child process to end in order. .NET can only kill a process.</summary>
internal static class TerminationSignal
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM; false where there is no such signal, and for a process that has ended.</summary>
    public static bool TrySend(Process process) => !OperatingSystem.IsWindows() && !process.HasExited && Send(process.Id, Terminate) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
