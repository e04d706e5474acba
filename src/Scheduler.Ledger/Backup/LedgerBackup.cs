namespace Scheduler.Ledger;

/// <summary>
/// Copies the SQLite ledger of a folder to a new file. A server may book meanwhile: the copy is the ledger as of one moment, and the committer does not wait.
/// The copy is checked under another name, and gets its own name only when the check found nothing.
/// </summary>
public static class LedgerBackup
{
    /// <summary>Writes and checks the back-up. A process that is killed leaves at most a file whose name ends with <c>.part</c>.</summary>
    /// <param name="folder">Folder of the ledger.</param>
    /// <param name="file">Path of the back-up; its folder exists, and the file does not.</param>
    /// <param name="progress">Gets the progress.</param>
    /// <param name="cancellation">Stops the copy. Then nothing is left.</param>
    /// <exception cref="LedgerRestoreInterruptedException">A restore into the folder did not end.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Task<BackupOutcome> Run(string folder, string file, IProgress<CopyStep> progress, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => RunNow(folder, Path.GetFullPath(file), progress, cancellation), cancellation, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private static BackupOutcome RunNow(string folder, string file, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        var ledger = Path.Combine(folder, SqliteFolder.FileName);
        RestoreMark.MustBeAbsent(folder);
        if (!File.Exists(ledger))
            return new BackupOutcome.NoLedger();
        if (Path.Exists(file))
            return new BackupOutcome.Exists();
        using var draft = DraftFile.Make(file);
        LedgerCopy.Write(ledger, draft.Path, progress, cancellation);
        if (CopyCheck.Fault(draft.Path, progress, cancellation) is { } fault)
            return new BackupOutcome.Faulty(fault);
        var facts = CopyCheck.Facts(draft.Path);
        try
        {
            draft.Rename(replace: false);
        }
        catch (IOException) when (Path.Exists(file))
        {
            // Another program has made the file meanwhile.
            return new BackupOutcome.Exists();
        }

        return new BackupOutcome.Written(facts);
    }
}
