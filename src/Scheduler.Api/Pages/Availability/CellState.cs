namespace Scheduler.Api;

/// <summary>What a cell of the grid says about the block that begins there. Each state has words of its own; colour is never the only sign.</summary>
public enum CellState
{
    /// <summary>The pool offers no seats in this hour.</summary>
    Closed,

    /// <summary>The hour has begun.</summary>
    Past,

    /// <summary>The day is beyond the horizon (R2).</summary>
    Horizon,

    /// <summary>The day leaves too little notice (R2).</summary>
    Notice,

    /// <summary>The season still collects requests (R16).</summary>
    Collecting,

    /// <summary>No need is filled in: the cell shows the free seats.</summary>
    Free,

    /// <summary>The block fits here.</summary>
    Fits,

    /// <summary>The hour has no free seat.</summary>
    Full,

    /// <summary>The hour has fewer free seats than the block needs.</summary>
    TooFew,

    /// <summary>The first hour has room, a later hour of the block has not.</summary>
    LaterFull,

    /// <summary>The first hour has room, and the pool closes before the block ends.</summary>
    LaterClosed,

    /// <summary>Seats are free, and a rule of the institution refuses the block: <see cref="GridCell.Why"/> has the code.</summary>
    Rule,

    /// <summary>The local clock does not show this hour on this day.</summary>
    Skipped,
}
