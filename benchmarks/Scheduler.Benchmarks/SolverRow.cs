using System.Globalization;
using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>One season of the table: what its plan says, and what its process took.</summary>
internal sealed record SolverRow(
    string Size, string Variant, double Load, int Seed, PlanObjective Objective, StopReason Stop, SolveChild.Outcome Child, Displacement Moved,
    IReadOnlyList<string> Rivals)
{
    /// <summary>Gap that is asked for, as a share: a tenth of a per cent up to load 1.3; at 2.0 by size.</summary>
    public double Asked => Load <= 1.3 ? 0.001 : Size switch { "S" => 0.005, "M" => 0.015, "L" => 0.010, _ => 0.012 };

    /// <summary>Seconds of the whole process after which the plan stood within the gap asked; NaN when it never did.</summary>
    public double SecondsToGap => Child.Steps.FirstOrDefault(step => step.Bound > 0 && step.Bound - step.Value <= Asked * step.Bound, (double.NaN, 0, 0)).Seconds;

    public static string Name(string size, string variant) => variant == "plain" ? size : $"{size}-{variant}";

    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"| {Name(Size, Variant)} {Load:0.0} {Seed} | {100 * Objective.GapBeforeSharing:0.000} | {100 * Objective.Gap:0.000} | {Moved.WorstRatio:0.000} | {100.0 * Objective.ServedSeats / Objective.RequestedSeats:0.00} | {100 * Moved.ShareMoved:0.0}, {Moved.MeanHours:0.00} | {(double.IsNaN(SecondsToGap) ? "not" : SecondsToGap.ToString("0.0", CultureInfo.InvariantCulture))} | {Child.Seconds:0.0} | {Child.ProcessorSeconds:0.0} | {Child.PeakMegabytes} | {Stop} |");
}

/// <summary>How far a plan stands from what was wished, and how its worst institution of five requests or more fares.</summary>
/// <param name="ShareMoved">Share of the served requests of which any part is not at the candidate without cost.</param>
/// <param name="MeanHours">Hours between a seat's start and its cheapest candidate's, seats of the served weighed equally.</param>
/// <param name="WorstRatio">Least seats served over seats asked for that have a candidate whose pool can hold them, among institutions with at least five requests.</param>
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
            var could = own.Where(request => request.MinGroup is not null || request.Candidates.Any(candidate => candidate.Seats.Max() <= pools[candidate.Pool])).ToList();
            var asked = could.Sum(request => (long)request.Candidates.Select(candidate => candidate.Seats.Max()).DefaultIfEmpty(0).Max());
            if (asked > 0)
                worst = Math.Min(worst, own.Sum(request => served[request.Id].Sum(row => (long)row.Seats)) / (double)asked);
        }
        return new Displacement(served.Count == 0 ? 0 : moved / (double)served.Count, seats == 0 ? 0 : hours / seats, worst);
    }
}
