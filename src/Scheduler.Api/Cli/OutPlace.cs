namespace Scheduler.Api;

/// <summary>Where the plan goes. It is renamed into its place, over whatever stands there: so it must be neither the instance, which would be lost, nor a device.</summary>
internal static class OutPlace
{
    /// <summary>Why no plan can be put there; null when nothing is known against it.</summary>
    public static string? Fault(SolveOptions options)
    {
        if (Directory.Exists(options.Out))
            return $"{options.Out}: a directory, no plan can be written there";
        if (Same(options.Out, options.Instance))
            return $"{options.Out}: the instance itself, the plan would take its place";
        return IsDevice(Path.GetFullPath(options.Out)) ? $"{options.Out}: a device, no plan can be renamed to it" : null;
    }

    private static bool Same(string one, string other)
    {
        var rule = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), rule) || string.Equals(Real(one), Real(other), rule);
    }

    /// <summary>The path with the links followed that the file and its folder are.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var target = (File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName : null) ?? full;
        var folder = Path.GetDirectoryName(target) is { } above && Directory.Exists(above) ? Directory.ResolveLinkTarget(above, returnFinalTarget: true)?.FullName ?? above : "";
        return Path.Combine(folder, Path.GetFileName(target));
    }

    // The tables of devices; /dev/shm holds ordinary files.
    private static bool IsDevice(string path) =>
        OperatingSystem.IsLinux() && path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
