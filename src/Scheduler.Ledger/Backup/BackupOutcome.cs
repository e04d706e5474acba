namespace Scheduler.Ledger;

/// <summary>The outcome of a back-up.</summary>
public abstract record BackupOutcome
{
    private BackupOutcome()
    {
    }

    /// <summary>The back-up is on disk under its name, and was checked.</summary>
    public sealed record Written(CopyFacts Facts) : BackupOutcome;

    /// <summary>The folder has no ledger.</summary>
    public sealed record NoLedger : BackupOutcome;

    /// <summary>A file has the name of the back-up already. Nothing was written.</summary>
    public sealed record Exists : BackupOutcome;

    /// <summary>The copy did not pass its check, so the ledger itself has the fault. The copy was deleted.</summary>
    public sealed record Faulty(CopyFault Fault) : BackupOutcome;
}
