namespace Scheduler.Solver;

/// <summary>Finds the points of a capacity curve. Between two neighbours, the slope of their connection is the price of a machine slot in seats: the
/// arrangement that is best at this price lies below the connection, or there is none (the dichotomic scheme of Aneja and Nair 1979). The widest gaps are
/// divided first, two at a time.</summary>
internal sealed class CurveSearch
{
    private readonly Plan _plan;
    private readonly SolveBudget _budget;
    private readonly CapacitySearch _search;
    private readonly CancellationToken _cancel;
    private readonly double _presentHours;

    public CurveSearch(Instance instance, Plan plan, SolveBudget budget, CancellationToken cancel)
    {
        (_plan, _budget, _cancel) = (plan, budget, cancel);
        _search = new CapacitySearch(instance, plan, budget, cancel);
        _presentHours = instance.Pools.Sum(pool => pool.Slots.Sum(slot => (double)slot.Capacity)) * _search.MachineHoursOfSlot;
    }

    public CapacityCurve Run(int points, IProgress<double>? progress)
    {
        var start = _search.Start();
        var (least, all) = _search.ServeAll(start);
        List<Found> found = [new Found(Point([], _plan), start), new Found(Point(least.Where, least.Plan!), all)];
        progress?.Report(2.0 / points);
        var closed = new HashSet<(double, double)>();
        while (found.Count < points && !_cancel.IsCancellationRequested)
        {
            var gaps = Gaps(found).Where(gap => !closed.Contains(gap.Key)).Take(Math.Min(2, points - found.Count)).ToList();
            if (gaps.Count == 0)
                break;
            var between = new Found[gaps.Count];
            RequestChunks.Each(gaps.Count, _budget.Threads, at => between[at] = Divide(gaps[at]));
            foreach (var gap in gaps)
                closed.Add(gap.Key);
            found = [.. Kept(found.Concat(between))];
            progress?.Report(found.Count / (double)points);
        }
        var kept = found.ConvertAll(one => one.Point);
        return new CapacityCurve(kept, CapacityCurve.KneeOf(kept), least);
    }

    private static IEnumerable<Found> Kept(IEnumerable<Found> found)
    {
        var all = found.ToList();
        var kept = CapacityCurve.WithoutDominated(all.Select(one => one.Point)).ToHashSet(ReferenceEqualityComparer.Instance);
        return all.Where(one => kept.Contains(one.Point)).OrderBy(one => one.Point.AddedMachineHours);
    }

    /// <summary>The gaps between neighbours, the widest first: measured as shares of the whole curve, in both directions.</summary>
    private static IEnumerable<Gap> Gaps(List<Found> found)
    {
        var (hours, seats) = (found[^1].Point.AddedMachineHours - found[0].Point.AddedMachineHours, found[^1].Point.Served - found[0].Point.Served);
        if (found.Count < 2 || hours <= 0 || seats <= 0)
            return [];
        return Enumerable.Range(0, found.Count - 1).Select(at => new Gap(found[at], found[at + 1])).OrderByDescending(gap => gap.Width(hours, seats));
    }

    private Found Divide(Gap gap)
    {
        var slots = (gap.To.Point.AddedMachineHours - gap.From.Point.AddedMachineHours) / _search.MachineHoursOfSlot;
        var arrangement = _search.ArrangeNear(gap.To.Arrangement, (gap.To.Point.Served - gap.From.Point.Served) / slots);
        var (where, plan) = _search.Solve(arrangement);
        return new Found(Point(where, plan), arrangement);
    }

    private CurvePoint Point(IReadOnlyList<AddedSeats> where, Plan plan)
    {
        var added = where.Sum(row => row.Seats) * _search.MachineHoursOfSlot;
        var (served, asked) = (plan.Objective.ServedSeats, plan.Objective.RequestedSeats);
        return new CurvePoint(_presentHours + added, added, served, asked - served, where) { Plan = plan };
    }

    /// <summary>A point with the arrangement that it was solved from.</summary>
    private sealed record Found(CurvePoint Point, Incumbent Arrangement);

    /// <summary>Two neighbours.</summary>
    private sealed record Gap(Found From, Found To)
    {
        public (double From, double To) Key => (From.Point.AddedMachineHours, To.Point.AddedMachineHours);

        public double Width(double hours, double seats) =>
            ((To.Point.AddedMachineHours - From.Point.AddedMachineHours) / hours) + ((To.Point.Served - From.Point.Served) / seats);
    }
}
