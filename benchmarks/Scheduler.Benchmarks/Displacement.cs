using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>The distance of a plan from the preferred candidates, and its worst institution of five requests or more.</summary>
/// <param name="ShareMoved">Share of the served requests with a part that is not at the cheapest candidate.</param>
/// <param name="MeanHours">Mean hours between a served seat's start and that of the cheapest candidate.</param>
/// <param name="WorstRatio">The smallest ratio of served seats to seats that a pool can hold, among institutions with at least five requests.</param>
internal sealed record Displacement(double ShareMoved, double MeanHours, double WorstRatio)
{
    private const int Several = 5;

    public static Displacement Of(Instance instance, Plan plan)
    {
        var requests = instance.Requests.ToDictionary(request => request.Id);
        var pools = instance.Pools.ToDictionary(pool => pool.Id, pool => pool.Slots.Select(slot => slot.Capacity).DefaultIfEmpty(0).Max());
        var served = plan.Assignments.ToLookup(row => row.Request);
        var (moved, hours, seats) = (0, 0.0, 0L);
        foreach (var rows in served)
        {
            var wish = requests[rows.Key].Candidates.MinBy(candidate => candidate.Cost)!;
            var isMoved = false;
            foreach (var row in rows)
            {
                var candidate = requests[row.Request].Candidates[row.Candidate];
                isMoved |= candidate.Cost > wish.Cost;
                hours += row.Seats * Math.Abs((candidate.Start - wish.Start).TotalHours);
                seats += row.Seats;
            }
            moved += isMoved ? 1 : 0;
        }
        var worst = 1.0;
        foreach (var own in instance.Requests.GroupBy(request => request.Institution).Where(own => own.Count() >= Several))
        {
            var could = own.Where(request => request.MinGroup is not null
                || request.Candidates.Any(candidate => candidate.Seats.Max() <= pools[candidate.Pool])).ToList();
            var asked = could.Sum(request => (long)request.Candidates.Select(candidate => candidate.Seats.Max()).DefaultIfEmpty(0).Max());
            if (asked > 0)
                worst = Math.Min(worst, own.Sum(request => served[request.Id].Sum(row => (long)row.Seats)) / (double)asked);
        }
        return new Displacement(served.Count == 0 ? 0 : moved / (double)served.Count, seats == 0 ? 0 : hours / seats, worst);
    }
}
