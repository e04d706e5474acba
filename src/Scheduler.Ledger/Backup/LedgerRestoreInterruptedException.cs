namespace Scheduler.Ledger;

/// <summary>A restore into the folder did not end, so the folder may have half a ledger. A second restore ends the first one.</summary>
public sealed class LedgerRestoreInterruptedException(string folder, string? keptName) : Exception($"A restore into the folder '{folder}' did not end.")
{
    /// <summary>The folder as it was given.</summary>
    public string Folder => folder;

    /// <summary>The name in the folder under which the restore keeps the old ledger; null when there was none.</summary>
    public string? KeptName => keptName;
}
