namespace Scheduler.Api;

/// <summary>What a row of an import would do.</summary>
public enum ImportAction
{
    /// <summary>The row adds something.</summary>
    Added,

    /// <summary>The row changes something.</summary>
    Changed,

    /// <summary>What the row says is so already.</summary>
    Unchanged,

    /// <summary>The row, or its absence from a full list, takes something away.</summary>
    Removed,

    /// <summary>The row is refused.</summary>
    Refused,
}
