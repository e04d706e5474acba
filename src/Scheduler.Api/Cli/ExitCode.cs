namespace Scheduler.Api;

/// <summary>The exit codes of every verb. docs/operations.md has the same table. A test compares the two.</summary>
internal enum ExitCode
{
    /// <summary>The work is done: the server was stopped properly, the plan is written, or the check found nothing.</summary>
    Done = 0,

    /// <summary>A check found something.</summary>
    Found = 1,

    /// <summary>The input is refused: an instance, an old plan, a folder without a ledger, a database that could lose acknowledged bookings.</summary>
    Refused = 2,

    /// <summary>The command line or a setting is wrong.</summary>
    Usage = 64,

    /// <summary>The database, the data folder or a port is not available.</summary>
    Unavailable = 69,

    /// <summary>The program failed.</summary>
    Failed = 70,

    /// <summary>The memory of the machine, or the memory limit, is too small for the instance.</summary>
    OutOfMemory = 71,
}
