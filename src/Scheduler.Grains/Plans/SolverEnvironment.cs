namespace Scheduler.Grains;

/// <summary>
/// The variables of the environment that the solver's process gets from the server's: what a .NET process needs to start, and the texts of the system. All
/// others stay away from it, because any of them may be a secret of the server.
/// </summary>
internal static class SolverEnvironment
{
    private static readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "SystemRoot", "TZ", "TZDIR", "LANG", "LANGUAGE",
    };

    /// <summary>
    /// Whether the solver's process gets a variable. The runtime reads its switches from names that begin with <c>DOTNET_</c>, and the host reads settings from
    /// those of them that have two underscores in a row.
    /// </summary>
    public static bool Keeps(string name) =>
        _names.Contains(name) || name.StartsWith("LC_", StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) && !name.Contains("__", StringComparison.Ordinal));
}
