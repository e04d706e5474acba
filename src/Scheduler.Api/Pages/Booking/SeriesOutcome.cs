namespace Scheduler.Api;

/// <summary>What became of a row.</summary>
internal enum SeriesOutcome
{
    /// <summary>The row cannot be read.</summary>
    Unread,

    /// <summary>The block fits now; nothing was done yet.</summary>
    Fits,

    /// <summary>The block was refused.</summary>
    Refused,

    /// <summary>The block was booked.</summary>
    Booked,

    /// <summary>The row waits for its block.</summary>
    Queued,

    /// <summary>Nothing was done, because another row was refused and all were to be booked together.</summary>
    LeftOut,
}
