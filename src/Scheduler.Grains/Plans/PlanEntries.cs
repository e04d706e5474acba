using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>The entries of a plan that the solver made: what the application of the plan decides, one after the other.</summary>
public static class PlanEntries
{
    /// <summary>
    /// The moves by booking, because moves free seats, then the placements by weight, age and start. The parts of a split request get those with extra time so
    /// that no part takes more seats of a slot than the plan gives it. Each placement names its vouchers, so that the order of the placements does not matter
    /// to them.
    /// </summary>
    public static ImmutableArray<PlanEntry> Of(PlanInstance instance, Solver.Plan plan)
    {
        var moves = new List<PlanEntry.Move>();
        var placements = new List<(Request Request, PlanEntry.Placement Entry)>();
        foreach (var assignments in plan.Assignments.GroupBy(assignment => assignment.Request))
        {
            if (!instance.Rows.TryGetValue(assignments.Key, out var row))
                continue;
            var candidates = instance.CandidatesOf(row);
            if (row.Booking is not { } booking)
            {
                placements.AddRange(Placements(row, [.. assignments.OrderBy(one => candidates[one.Candidate].Start)], candidates)
                    .Select(entry => (row.Request, entry)));
                continue;
            }

            var to = candidates[assignments.Single().Candidate].Start;
            if (to != booking.Sitting.Start)
            {
                moves.Add(new(booking.Id, booking.Version, booking.Sitting.Start, to)
                {
                    Institution = booking.Sitting.Institution, Request = row.Request.Id, RequestVersion = row.Request.Version,
                });
            }
        }

        return
        [
            .. moves.OrderBy(move => move.Booking.Value),
            .. PlacementVouchers.Dealt(instance, placements).OrderByDescending(one => one.Request.Weight).ThenBy(one => one.Request.Sequence)
                .ThenBy(one => one.Entry.Start).Select(one => one.Entry),
        ];
    }

    private static IEnumerable<PlanEntry.Placement> Placements(
        PlanInstanceRow row, Solver.Assignment[] assignments, IReadOnlyList<Solver.Candidate> candidates)
    {
        var groups = PartAccommodations.Of(row.Terms, row.Seats, row.Accommodations, [.. assignments.Select(one => one.Seats)]);
        for (var i = 0; i < assignments.Length; i++)
        {
            var candidate = candidates[assignments[i].Candidate];
            yield return new(
                row.Request.Id, row.Request.Version, InstancePools.PoolOf(candidate.Pool), candidate.Start, assignments[i].Seats, groups[i])
            {
                Institution = row.Request.Institution,
            };
        }
    }
}
