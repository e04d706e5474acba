using NodaTime;

namespace Scheduler.Solver;

/// <summary>Solves an instance again with other capacities, starting from the present plan.</summary>
public static class WhatIf
{
    /// <summary>The plan with changed capacities, and its difference from the present plan.</summary>
    /// <param name="instance">The instance of the present plan.</param>
    /// <param name="plan">The present plan.</param>
    /// <param name="changes">The changes. A slot that its pool does not list is opened where a candidate uses it.</param>
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

    /// <summary>The instance with changed capacities.</summary>
    internal static Instance Change(Instance instance, IReadOnlyList<CapacityChange> changes) => instance with
    {
        Pools = [.. instance.Pools.Select(pool => pool with
        {
            Slots = [.. Slots(instance, pool, changes.Where(change => change.Pool == pool.Id).ToList())],
        })],
    };

    private static IEnumerable<PoolSlot> Slots(Instance instance, Pool pool, List<CapacityChange> changes)
    {
        long Change(Instant start) => changes.Where(change => start >= change.From && start < change.To).Sum(change => (long)change.Seats);
        int Capacity(Instant start, int present) => (int)Math.Clamp(present + Change(start), 0, SizeLimits.Seats);
        if (changes.Count == 0)
            return pool.Slots;
        var listed = pool.Slots.Select(slot => slot.Start).ToHashSet();
        var opened = changes.Exists(change => change.Seats > 0)
            ? OpenSeason.CoveredSlots(instance, pool.Id).Where(start => !listed.Contains(start)).Select(start => new PoolSlot(start, Capacity(start, 0)))
            : [];
        return pool.Slots.Select(slot => slot with { Capacity = Capacity(slot.Start, slot.Capacity) }).Concat(opened.Where(slot => slot.Capacity > 0));
    }
}
