using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats more (or fewer) in the slots of a pool that begin within an interval.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="From">First instant that counts.</param>
/// <param name="To">First instant that no longer counts.</param>
/// <param name="Seats">Seats added to each slot's capacity; a capacity never goes below 0.</param>
public sealed record CapacityChange(string Pool, Instant From, Instant To, int Seats);

/// <summary>What changes between two plans of the same requests.</summary>
/// <param name="Plan">The plan after the change.</param>
/// <param name="Gained">Requests that are served now, or with more seats than before.</param>
/// <param name="Lost">Requests that are no longer served, or with fewer seats.</param>
/// <param name="Moved">Requests that are served elsewhere.</param>
/// <param name="ValueChange">Value after less value before.</param>
/// <param name="SeatsChange">Served seats after less before.</param>
public sealed record PlanDifference(
    Plan Plan, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, IReadOnlyList<string> Moved, double ValueChange, long SeatsChange);

/// <summary>Asks what other capacities would do: solved again, warm from the plan there is.</summary>
public static class WhatIf
{
    /// <summary>The plan under changed capacities, and how it differs.</summary>
    /// <param name="instance">The instance that the plan answers.</param>
    /// <param name="plan">The plan there is.</param>
    /// <param name="changes">Capacity changes, applied in order; slots that a pool does not list are not added.</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static PlanDifference Run(Instance instance, Plan plan, IReadOnlyList<CapacityChange> changes, SolveBudget budget, CancellationToken cancel = default)
    {
        var after = PlanSolver.Solve(Change(instance, changes), budget, null, new WarmStart(instance, plan), cancel);
        return Between(plan, after);
    }

    /// <summary>How one plan differs from another of the same requests.</summary>
    /// <param name="before">The plan there is.</param>
    /// <param name="after">The plan that would be.</param>
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
            else if (!old[request].Select(row => (row.Candidate, row.Seats)).ToHashSet().SetEquals(now[request].Select(row => (row.Candidate, row.Seats))))
                moved.Add(request);
        }
        return new PlanDifference(after, gained, lost, moved, after.Objective.Value - before.Objective.Value, after.Objective.ServedSeats - before.Objective.ServedSeats);
    }

    private static ILookup<string, Assignment> Rows(Plan plan) => plan.Assignments.ToLookup(row => row.Request);

    private static Instance Change(Instance instance, IReadOnlyList<CapacityChange> changes) => instance with
    {
        Pools = [.. instance.Pools.Select(pool => pool with
        {
            Slots = [.. pool.Slots.Select(slot => slot with
            {
                Capacity = (int)Math.Clamp(
                    slot.Capacity + changes.Where(change => change.Pool == pool.Id && slot.Start >= change.From && slot.Start < change.To).Sum(change => (long)change.Seats),
                    0,
                    SizeLimits.Seats),
            })],
        })],
    };
}
