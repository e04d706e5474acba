using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>Why a file cannot be a back-up of a ledger.</summary>
public abstract record CopyFault
{
    private CopyFault()
    {
    }

    /// <summary>The file is no SQLite database, or a database of another program.</summary>
    public sealed record NotALedger : CopyFault;

    /// <summary>A newer version of the program has changed the schema by a script that this version does not have.</summary>
    public sealed record NewerSchema(string Script) : CopyFault;

    /// <summary>The file is damaged or cut short. <paramref name="Why"/> is the reason that the database gives.</summary>
    public sealed record Damaged(string Why) : CopyFault;

    /// <summary>The check found that the rows do not add up.</summary>
    public sealed record NotSound(ImmutableArray<Finding> Findings) : CopyFault;
}
