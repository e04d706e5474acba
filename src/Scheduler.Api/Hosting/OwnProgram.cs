using System.Runtime.InteropServices;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>This program, as the silo starts it for a solver.</summary>
internal static class OwnProgram
{
    /// <summary>How to start this program: by its own executable, or by the .NET host with the path of the assembly.</summary>
    public static SolverProgram AsSolver()
    {
        var assembly = typeof(OwnProgram).Assembly.Location;
        if (Environment.ProcessPath is { } own && (assembly.Length == 0 || Path.GetFileName(own) == Executable(Path.GetFileNameWithoutExtension(assembly))))
            return new() { File = own };
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return new() { File = Path.Combine(root, Executable("dotnet")), Arguments = [assembly] };
    }

    private static string Executable(string name) => OperatingSystem.IsWindows() ? $"{name}.exe" : name;
}
