namespace Scheduler.Ledger;

/// <summary>The outcome of a restore.</summary>
public abstract record RestoreOutcome
{
    private RestoreOutcome()
    {
    }

    /// <summary>The folder has the ledger of the file. <paramref name="Kept"/> is the path of the ledger that was there before; null when there was
    /// none.</summary>
    public sealed record Restored(CopyFacts Facts, string? Kept) : RestoreOutcome;

    /// <summary>The folder has a ledger, and the caller did not ask to replace the ledger. Nothing was changed.</summary>
    public sealed record Exists : RestoreOutcome;

    /// <summary>The file cannot be restored. The folder's ledger was not changed.</summary>
    public sealed record Faulty(CopyFault Fault) : RestoreOutcome;
}
