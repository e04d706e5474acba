namespace Scheduler.Domain;

/// <summary>The rule that took the last candidate of a flexible request, in the order in which the rules are checked.</summary>
public enum CandidateRule
{
    /// <summary>No window has a date on one of its weekdays.</summary>
    NoDay,

    /// <summary>No window is as long as the block (R5).</summary>
    BlockLength,

    /// <summary>No block of the pool's grid lies wholly in a window, on one local day (R1).</summary>
    NotOnSlot,

    /// <summary>All blocks are past.</summary>
    Past,

    /// <summary>All blocks lie beyond the horizon (R2).</summary>
    Horizon,

    /// <summary>All blocks leave too few days (R2).</summary>
    LeadTime,
}
