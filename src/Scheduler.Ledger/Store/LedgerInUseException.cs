namespace Scheduler.Ledger;

/// <summary>Another process has the data folder.</summary>
public sealed class LedgerInUseException(string folder, Exception cause)
    : Exception($"The data folder '{folder}' is in use by another process.", cause)
{
    /// <summary>The folder as it was given.</summary>
    public string Folder => folder;
}
