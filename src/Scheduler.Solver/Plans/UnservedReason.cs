namespace Scheduler.Solver;

/// <summary>Why a request is not served.</summary>
public enum UnservedReason
{
    /// <summary>It has no candidates.</summary>
    NoCandidates,

    /// <summary>No candidate fits even into an empty pool.</summary>
    TooBig,

    /// <summary>Current assignments and mandatory requests leave no room.</summary>
    Full,

    /// <summary>The pools have room, but a limit of the institution does not.</summary>
    Limit,

    /// <summary>It would fit only in place of requests with a greater value.</summary>
    Outbid,

    /// <summary>Its cost is above its value.</summary>
    NotWorthIt,
}
