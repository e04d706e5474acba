namespace Scheduler.Api;

/// <summary>
/// Checks the paths of the instance and of the plan file. The plan is written to a draft, which is then renamed to its path and replaces a file there. So the
/// path of the plan must be neither the instance, which would be lost, nor a device.
/// </summary>
internal static class OutPlace
{
    /// <summary>Why the paths make no sense; null when there is no known reason.</summary>
    public static string? Fault(SolveOptions options)
    {
        if (FileFaults.PathFault(options.Instance) is { } unnamed)
            return $"INSTANCE: {unnamed}";
        if (FileFaults.PathFault(options.Out) is { } fault)
            return $"--out: {fault}";
        if (Directory.Exists(options.Out))
            return $"{options.Out}: this is a directory; give the path of a file";
        if (Same(options.Out, options.Instance))
            return $"{options.Out}: this is the instance, which the plan would replace; give another path";
        return IsDevice(Path.GetFullPath(options.Out)) ? $"{options.Out}: this is a device; give the path of an ordinary file" : ReceiptsFault(options);
    }

    private static string? ReceiptsFault(SolveOptions options)
    {
        if (options.Receipts is not { } path)
            return null;
        if (FileFaults.PathFault(path) is { } fault)
            return $"--receipts: {fault}";
        if (Directory.Exists(path) || IsDevice(Path.GetFullPath(path)))
            return $"{path}: this is no ordinary file; give the path of a file";
        return Same(path, options.Instance) || Same(path, options.Out) ? $"{path}: the receipts would replace another file; give another path" : null;
    }

    private static bool Same(string one, string other)
    {
        var rule = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), rule) || string.Equals(Real(one), Real(other), rule);
    }

    /// <summary>The path with all links of the file and its folder resolved.</summary>
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var target = (File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName : null) ?? full;
        var folder = Path.GetDirectoryName(target) is { } above && Directory.Exists(above)
            ? Directory.ResolveLinkTarget(above, returnFinalTarget: true)?.FullName ?? above
            : "";
        return Path.Combine(folder, Path.GetFileName(target));
    }

    // /dev holds devices; /dev/shm holds ordinary files.
    private static bool IsDevice(string path) =>
        OperatingSystem.IsLinux() && path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
