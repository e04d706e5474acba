using System.Globalization;

namespace Scheduler.Solver;

/// <summary>Checks a plan from the instance and the plan's own rows alone. The checker shares no formula with the solver. <see cref="PlanSolver"/> returns
/// only plans that pass.</summary>
public static class PlanChecker
{
    /// <summary>The faults of the plan, at most a hundred; empty when the plan is valid.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="plan">The plan.</param>
    public static IReadOnlyList<string> Faults(Instance instance, Plan plan) => Faults(instance, plan, 2);

    /// <summary>The same with a number of threads. The faults are in the order of the requests for any number.</summary>
    internal static IReadOnlyList<string> Faults(Instance instance, Plan plan, int threads)
    {
        var faults = new FaultList();
        var chunks = new RequestChunks(instance.Requests);
        var served = ServedRows.Read(chunks.Requests, plan, faults);
        if (faults.Count > 0)
            return faults.All;
        var (sizes, capacity) = (new int[chunks.Requests.Length], new CapacityCheck(instance, chunks, served));
        var (found, figures) = (new FaultList[chunks.Count], new FigureCheck[chunks.Count]);
        chunks.Each(threads, (chunk, from, to) =>
        {
            found[chunk] = new FaultList();
            for (var r = from; r < to; r++)
            {
                sizes[r] = Size(chunks.Requests[r]);
                CheckServed(chunks.Requests[r], served.Of(r), served.UnservedOf(r), sizes[r], found[chunk]);
                figures[chunk].Add(chunks.Requests[r], served.Of(r), sizes[r]);
            }
            capacity.Add(from, to, sizes);
        });
        foreach (var part in found)
            faults.AddAll(part);
        capacity.Check(plan, sizes, threads, faults);
        FigureCheck.Check(instance, plan, figures, faults);
        return faults.All;
    }

    private static void CheckServed(Request request, ReadOnlySpan<Assignment> rows, Unserved? unserved, int size, FaultList faults)
    {
        var (seats, least) = (0L, int.MaxValue);
        foreach (ref readonly var row in rows)
            (seats, least) = (seats + row.Seats, Math.Min(least, row.Seats));
        if (request.MinGroup is not { } group)
        {
            if (rows.Length > 1 || (rows.Length == 1 && rows[0].Seats != size))
                faults.Add($"{request.Id}: served in parts, but has no minGroup");
        }
        else if (least < Math.Min(group, size) || seats > size)
        {
            faults.Add($"{request.Id}: a part below its smallest, or more seats than it asks for");
        }
        if (rows.Length > 1 && rows.ToArray().Select(row => row.Candidate).Distinct().Count() != rows.Length)
            faults.Add($"{request.Id}: two rows with the same candidate");
        if (request.Current is { } current)
        {
            if (seats != size || rows.Length == 0)
                faults.Add($"{request.Id}: has a current assignment and is dropped");
            else if (!current.Movable && (rows.Length != 1 || rows[0].Candidate != current.Candidate))
                faults.Add($"{request.Id}: fixed, and moved");
        }
        var missing = rows.Length > 0 && size == 0 ? 0 : size - seats;
        var shouldStand = rows.Length == 0 || missing > 0;
        if (unserved is not null != shouldStand || (unserved is not null && unserved.Seats != missing))
            faults.Add($"{request.Id}: {missing} seats are unserved, but the plan does not list them");
        if (unserved is not null && (unserved.BlockedBy.Count > SizeLimits.BlockedRows || unserved.BlockedBy.Any(row => row.SeatsMissing < 1)))
            faults.Add($"{request.Id}: blockedBy has too many rows, or a row where no seat is missing");
    }

    internal static int Size(Request request)
    {
        var size = 0;
        IReadOnlyList<int>? last = null;
        foreach (ref readonly var candidate in CandidateSpan.Of(request))
        {
            var seats = candidate.Seats;
            if (ReferenceEquals(seats, last))
                continue;
            last = seats;
            for (var entry = 0; entry < seats.Count; entry++)
                size = Math.Max(size, seats[entry]);
        }
        return size;
    }

    internal static long Amount(int whole, int seats, int size) => size == 0 ? 0 : whole == size ? seats : (((long)whole * seats) + size - 1) / size;
}
