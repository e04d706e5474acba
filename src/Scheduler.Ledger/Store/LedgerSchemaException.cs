namespace Scheduler.Ledger;

/// <summary>The schema cannot be brought up to date. The cause is the database's exception.</summary>
public sealed class LedgerSchemaException(string? script, Exception? cause)
    : Exception($"The ledger's schema could not be brought up to date: {script} failed.", cause)
{
    /// <summary>The script that failed; null when it was none of the scripts.</summary>
    public string? Script => script;
}
