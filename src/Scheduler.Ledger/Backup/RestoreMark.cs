namespace Scheduler.Ledger;

/// <summary>
/// The mark in a folder while a restore renames its files. A folder with the mark has half a ledger, so nothing opens the ledger. The mark contains the name
/// under which the old ledger is kept.
/// </summary>
internal sealed class RestoreMark
{
    private const string FileName = "ledger.restore";
    private readonly string _folder;

    private RestoreMark(string folder, string? keptName)
    {
        _folder = folder;
        KeptName = keptName;
    }

    /// <summary>Name of the old ledger in the folder; null when the folder had no ledger.</summary>
    public string? KeptName { get; }

    /// <summary>The mark of a folder; null without a mark.</summary>
    public static RestoreMark? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) ? new(folder, File.ReadAllText(file) is { Length: > 0 } name ? name : null) : null;
    }

    /// <exception cref="LedgerRestoreInterruptedException">The folder has the mark.</exception>
    public static void MustBeAbsent(string folder)
    {
        if (Read(folder) is { } mark)
            throw new LedgerRestoreInterruptedException(folder, mark.KeptName);
    }

    /// <summary>Marks the folder. The mark is on disk when the call returns.</summary>
    public static RestoreMark Write(string folder, string? keptName)
    {
        var file = Path.Combine(folder, FileName);
        DraftFile.DeleteLeft(file);
        using (var draft = DraftFile.Make(file))
        {
            File.WriteAllText(draft.Path, keptName);
            draft.Rename(replace: false);
        }

        return new(folder, keptName);
    }

    /// <summary>Deletes the mark: the folder has a whole ledger again.</summary>
    public void Delete()
    {
        File.Delete(Path.Combine(_folder, FileName));
        FolderFlush.Run(_folder);
    }
}
