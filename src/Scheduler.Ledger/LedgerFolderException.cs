namespace Scheduler.Ledger;

/// <summary>The data folder cannot be made, read or written. The cause is the exception of the file system or of the database.</summary>
public sealed class LedgerFolderException(string folder, Exception cause) : Exception($"The data folder '{folder}' cannot be used.", cause)
{
    /// <summary>The folder as it was given.</summary>
    public string Folder => folder;
}
