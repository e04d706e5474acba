using NodaTime;

namespace Scheduler.Ledger;

/// <summary>
/// Puts a back-up into a folder as its ledger. The folder is locked meanwhile. The back-up is copied into the folder and checked there, before the ledger that
/// is in the folder gets another name.
/// </summary>
public static class LedgerRestore
{
    /// <summary>
    /// Restores a file. A process that is killed leaves the folder with the old ledger, or with the restored ledger, or with a mark that a restore did not end.
    /// With the mark nothing opens the ledger, and a second restore ends the first one.
    /// </summary>
    /// <param name="file">Path of the back-up.</param>
    /// <param name="folder">Folder of the ledger; made when it does not exist.</param>
    /// <param name="replace">Whether a ledger in the folder may be replaced. The ledger is kept under another name.</param>
    /// <param name="now">The instant that the name of the old ledger contains.</param>
    /// <param name="progress">Gets the progress.</param>
    /// <param name="cancellation">Stops the copy. Then the folder is as before.</param>
    /// <exception cref="LedgerInUseException">A process uses the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Task<RestoreOutcome> Run(
        string file, string folder, bool replace, Instant now, IProgress<CopyStep> progress, CancellationToken cancellation) => Task.Factory.StartNew(
            () => RunNow(file, folder, replace, now, progress, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static RestoreOutcome RunNow(
        string file, string folder, bool replace, Instant now, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        if (CopyCheck.SchemaFault(file) is { } foreign)
            return new RestoreOutcome.Faulty(foreign);
        using var taken = SqliteFolder.Take(folder);
        var ledger = Path.Combine(folder, SqliteFolder.FileName);
        var mark = RestoreMark.Read(folder);
        if (mark is null && !replace && File.Exists(ledger))
            return new RestoreOutcome.Exists();
        if (mark is null && !File.Exists(ledger))
            OldLedger.MoveStrayLogs(ledger, Path.Combine(folder, OldLedger.NameAt(now)));
        DraftFile.DeleteLeft(ledger);
        using var draft = DraftFile.Make(ledger);
        LedgerCopy.Write(file, draft.Path, progress, cancellation);
        if (CopyCheck.Fault(draft.Path, progress, cancellation) is { } fault)
            return new RestoreOutcome.Faulty(fault);
        var facts = CopyCheck.Facts(draft.Path);
        cancellation.ThrowIfCancellationRequested();
        mark ??= RestoreMark.Write(folder, File.Exists(ledger) ? OldLedger.NameAt(now) : null);
        var kept = mark.KeptName is { } name ? Path.Combine(folder, name) : null;
        if (kept is not null)
            OldLedger.Move(ledger, kept);
        draft.Rename(replace: true);
        mark.Delete();
        return new RestoreOutcome.Restored(facts, kept);
    }
}
