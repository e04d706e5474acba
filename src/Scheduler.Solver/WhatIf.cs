using NodaTime;

namespace Scheduler.Solver;

/// <summary>Solves an instance again with other capacities, starting from the present plan.</summary>
public static class WhatIf
{
    /// <summary>The plan with changed capacities, and its difference from the present plan.</summary>
    /// <param name="instance">The instance of the present plan.</param>
    /// <param name="plan">The present plan.</param>
    /// <param name="changes">The changes. They add no slots that a pool does not list.</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static PlanDifference Run(
        Instance instance, Plan plan, IReadOnlyList<CapacityChange> changes, SolveBudget budget, CancellationToken cancel = default)
    {
        var after = PlanSolver.Solve(Change(instance, changes), budget, null, new WarmStart(plan), cancel);
        return Between(plan, after);
    }

    /// <summary>The difference between two plans of the same requests.</summary>
    /// <param name="before">The present plan.</param>
    /// <param name="after">The other plan.</param>
    public static PlanDifference Between(Plan before, Plan after)
    {
        var (old, now) = (Rows(before), Rows(after));
        var (gained, lost, moved) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var request in before.Assignments.Concat(after.Assignments).Select(row => row.Request).Distinct())
        {
            var (was, becomes) = (old[request].Sum(row => (long)row.Seats), now[request].Sum(row => (long)row.Seats));
            if (becomes > was)
                gained.Add(request);
            else if (becomes < was)
                lost.Add(request);
            else if (!old[request].Select(Place).ToHashSet().SetEquals(now[request].Select(Place)))
                moved.Add(request);
        }
        var (from, to) = (before.Objective, after.Objective);
        return new PlanDifference(after, gained, lost, moved, to.Value - from.Value, to.ServedSeats - from.ServedSeats);
    }

    /// <summary>The place of an assignment: pool and start, or the candidate where they are not given.</summary>
    private static (string? Pool, Instant? Start, int Candidate, int Seats) Place(Assignment row) =>
        row is { Pool: not null, Start: not null } ? (row.Pool, row.Start, -1, row.Seats) : (null, null, row.Candidate, row.Seats);

    private static ILookup<string, Assignment> Rows(Plan plan) => plan.Assignments.ToLookup(row => row.Request);

    private static Instance Change(Instance instance, IReadOnlyList<CapacityChange> changes) => instance with
    {
        Pools = [.. instance.Pools.Select(pool => pool with
        {
            Slots = [.. pool.Slots.Select(slot => slot with
            {
                Capacity = (int)Math.Clamp(
                    slot.Capacity + changes.Where(change => Applies(change, pool, slot)).Sum(change => (long)change.Seats), 0, SizeLimits.Seats),
            })],
        })],
    };

    private static bool Applies(CapacityChange change, Pool pool, PoolSlot slot) =>
        change.Pool == pool.Id && slot.Start >= change.From && slot.Start < change.To;
}
