namespace Scheduler.Grains;

/// <summary>
/// A private folder for the files of one solver, which goes with its solver. A killed silo leaves its folders behind; the next silo on the machine deletes
/// them. A file in the folder is locked while the folder is in use, and the kernel unlocks the file of a process that has ended.
/// </summary>
internal sealed class SolverFolder : IDisposable
{
    private const string Prefix = "scheduler-solver-";
    private const string LockName = "lock";
    private readonly FileStream _lock;

    private SolverFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>Makes a folder that only this user may read, and deletes the folders of processes that have ended.</summary>
    public static SolverFolder Make()
    {
        foreach (var left in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
            DeleteUnlessUsed(left);
        var path = Directory.CreateTempSubdirectory(Prefix).FullName;
        return new(path, new(System.IO.Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>The path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        _lock.Dispose();
    }

    private static bool DeleteUnlessUsed(string folder)
    {
        try
        {
            using (new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception used) when (used is IOException or UnauthorizedAccessException)
        {
            // Another process uses the folder, or makes it just now, or it belongs to another user.
            return false;
        }
    }
}
