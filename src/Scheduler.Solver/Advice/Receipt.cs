using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>The least capacity that serves an unserved request in full while everything else of the plan stays in place. With so much, the request fits; with
/// one seat less in any row, it does not. Of several ways, the one that needs the fewest seats of the institution's own limit is taken, then the one with the
/// fewest machine slots.</summary>
public sealed record Receipt
{
    /// <summary>Id of the request.</summary>
    public required string Request { get; init; }

    /// <summary>Seats to add per slot; empty where the pools have room.</summary>
    public required IReadOnlyList<AddedSeats> Seats { get; init; }

    /// <summary>The limit of the institution that is too small; null when it is not in the way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitKind? Limit { get; init; }

    /// <summary>Seats by which that limit would have to be higher.</summary>
    public long LimitSeats { get; init; }

    /// <summary>Where the request would then sit, its own parts in the plan included.</summary>
    public required IReadOnlyList<Assignment> Placement { get; init; }

    /// <summary>Whether the amount is proven to be the least. Only the receipt of a request that may be split can be unproven.</summary>
    public bool IsLeast { get; init; } = true;

    /// <summary>Machine slots to add: the sum of the seats over the slots.</summary>
    [JsonIgnore]
    public long MachineSlots => Seats.Sum(row => row.Seats);
}
