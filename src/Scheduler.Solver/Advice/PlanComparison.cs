namespace Scheduler.Solver;

/// <summary>What a plan changes, against two others of the same instance: today, where only the current assignments sit, and first come first served.</summary>
/// <param name="Today">Figures of today.</param>
/// <param name="FirstComeFirstServed">Figures of <see cref="Scheduler.Solver.FirstComeFirstServed"/>.</param>
/// <param name="Plan">Figures of the plan.</param>
/// <param name="Institutions">The institutions with demand, in the order of the instance.</param>
/// <param name="Slots">The slots that one of the three uses, in the order of pools and starts.</param>
public sealed record PlanComparison(
    PlanCounts Today, PlanCounts FirstComeFirstServed, PlanCounts Plan, IReadOnlyList<InstitutionComparison> Institutions, IReadOnlyList<SlotLoad> Slots)
{
    /// <summary>Compares a plan.</summary>
    /// <param name="instance">The instance of the plan.</param>
    /// <param name="plan">A plan that passes the checker.</param>
    /// <param name="queue">The plan of first come first served for the same instance.</param>
    /// <param name="cancel">Ends the work early; the demand of split requests is then a lower estimate.</param>
    public static PlanComparison Of(Instance instance, Plan plan, Plan queue, CancellationToken cancel = default)
    {
        var counts = new ComparisonCounts(instance, cancel);
        Assignment[] current = [.. instance.Requests.Where(request => request.Current is not null)
            .Select(request => Assignment.Of(request, request.Current!.Candidate, PlanRoom.SizeOf(request)))];
        var (today, first, then) = (counts.Of(current), counts.Of(queue.Assignments), counts.Of(plan.Assignments));
        return new PlanComparison(today.Counts, first.Counts, then.Counts, counts.Institutions(today, first, then), counts.Slots(today, first, then));
    }
}
