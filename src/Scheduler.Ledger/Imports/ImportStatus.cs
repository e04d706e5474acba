namespace Scheduler.Ledger;

/// <summary>How far an import is.</summary>
public enum ImportStatus
{
    /// <summary>The files were read. Nothing was changed.</summary>
    Checked,

    /// <summary>The application began and did not end yet. It goes on where it is asked for again.</summary>
    Applying,

    /// <summary>Every row has its result.</summary>
    Applied,
}
