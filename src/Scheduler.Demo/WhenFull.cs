namespace Scheduler.Demo;

/// <summary>What a school does when its block is full.</summary>
internal enum WhenFull
{
    /// <summary>Books the first alternative that the refusal offers.</summary>
    TakeAlternative,

    /// <summary>Books only as many candidates as there are free seats.</summary>
    TakeWhatIsLeft,

    /// <summary>Joins the waitlist for the same block.</summary>
    Wait,

    /// <summary>Does nothing more.</summary>
    GiveUp,
}
