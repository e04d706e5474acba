using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The orders of a plan's moves.</summary>
internal static class MoveOrder
{
    /// <summary>The names of the orders, as an address has them.</summary>
    public static readonly string[] All = ["distance", "school", "seats"];

    /// <summary>The moves, the farthest, the largest, or the first school first.</summary>
    public static IEnumerable<PlannedMove> Sorted(ImmutableArray<PlannedMove> moves, string? order, Catalogue catalogue) => order switch
    {
        "school" => moves.OrderBy(move => PlanScopeText.SchoolName(move.Institution, catalogue), StringComparer.InvariantCulture).ThenBy(move => move.From),
        "seats" => moves.OrderByDescending(move => move.Seats).ThenBy(move => move.From),
        _ => moves.OrderByDescending(Distance).ThenBy(move => move.From),
    };

    private static Duration Distance(PlannedMove move) => move.To > move.From ? move.To - move.From : move.From - move.To;
}
