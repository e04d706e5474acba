using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>Seats of a request that the plan does not serve.</summary>
/// <param name="Request">Id of the request.</param>
/// <param name="Seats">Seats left unserved.</param>
/// <param name="Reason">The kind of obstacle.</param>
/// <param name="BlockedBy">The tightest obstacle of each candidate, at most <see cref="SizeLimits.BlockedRows"/>.</param>
public sealed record Unserved(string Request, int Seats, UnservedReason Reason, IReadOnlyList<Blocked> BlockedBy)
{
    /// <summary>The smallest extra capacity that would serve the request while everything else stays: seats in each slot of one candidate where some are
    /// missing; null without rows.</summary>
    [JsonIgnore]
    public long? SmallestExtraSeats => BlockedBy.Count == 0 ? null : BlockedBy.Min(row => row.SeatsMissing);
}
