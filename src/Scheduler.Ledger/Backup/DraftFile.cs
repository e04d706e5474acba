namespace Scheduler.Ledger;

/// <summary>A new file that gets its own name only when it is complete and on disk. Disposing deletes a file that did not get its name.</summary>
internal sealed class DraftFile : IDisposable
{
    private const string Ending = ".part";
    private readonly string _target;

    private DraftFile(string target)
    {
        _target = target;
        Path = $"{target}.{System.IO.Path.GetRandomFileName()}{Ending}";
    }

    /// <summary>The path until the file gets its own name, in the same folder.</summary>
    public string Path { get; }

    /// <summary>Makes an empty file beside the target.</summary>
    public static DraftFile Make(string target)
    {
        var draft = new DraftFile(target);
        new FileStream(draft.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
        return draft;
    }

    /// <summary>Deletes the drafts of processes that were killed. Only for a folder that the caller has locked.</summary>
    public static void DeleteLeft(string target)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))!;
        foreach (var left in Directory.EnumerateFiles(folder, $"{System.IO.Path.GetFileName(target)}.*{Ending}*"))
            File.Delete(left);
    }

    /// <summary>Writes the file to disk and gives it its own name.</summary>
    public void Rename(bool replace)
    {
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
            file.Flush(flushToDisk: true);
        File.Move(Path, _target, replace);
        FolderFlush.Run(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(_target))!);
    }

    public void Dispose() => File.Delete(Path);
}
