namespace Scheduler.Demo;

/// <summary>How a school asks for a block.</summary>
internal enum Way
{
    /// <summary>Books at once.</summary>
    Direct,

    /// <summary>Holds the block, then confirms the hold.</summary>
    ByHold,

    /// <summary>Holds the block and lets the hold lapse.</summary>
    Abandoned,
}
