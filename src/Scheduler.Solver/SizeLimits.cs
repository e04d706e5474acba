namespace Scheduler.Solver;

/// <summary>The size limits of instances and plans. An instance beyond them is refused with the place.</summary>
public static class SizeLimits
{
    /// <summary>Bytes of an instance file: 4 GB.</summary>
    public const long FileBytes = 4L << 30;

    /// <summary>Pools, and institutions, of an instance.</summary>
    public const int Pools = 1_000_000;

    /// <summary>Slots of one pool.</summary>
    public const int PoolSlots = 1_000_000;

    /// <summary>Requests of an instance.</summary>
    public const int Requests = 2_000_000;

    /// <summary>Candidates of one request.</summary>
    public const int CandidatesPerRequest = 1_000_000;

    /// <summary>Candidates of all requests together.</summary>
    public const int Candidates = 100_000_000;

    /// <summary>Slots of one candidate's profile.</summary>
    public const int ProfileSlots = 100_000;

    /// <summary>Seats of an entry, and capacity of a slot or limit.</summary>
    public const int Seats = 1_000_000_000;

    /// <summary>Magnitude of a value, cost or move cost; their sums must stay finite.</summary>
    public const double Magnitude = 1e100;

    /// <summary>Bytes of one id or name.</summary>
    public const int TextBytes = 4_096;

    /// <summary>Minutes of a slot: a week.</summary>
    public const int SlotMinutes = 10_080;

    /// <summary>Stages of a plan.</summary>
    public const int Stages = 1_000;

    /// <summary>Rows of <see cref="Unserved.BlockedBy"/> per unserved request.</summary>
    public const int BlockedRows = 100;
}
