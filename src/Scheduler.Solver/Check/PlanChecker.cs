using System.Globalization;

namespace Scheduler.Solver;

/// <summary>Re-adds a plan from the instance and the plan's own rows, and nothing else: it shares no formula with the solver. No plan leaves without passing.</summary>
public static class PlanChecker
{
    /// <summary>Every fault of the plan, empty when it is sound; at most a hundred.</summary>
    /// <param name="instance">What was asked.</param>
    /// <param name="plan">What was answered.</param>
    public static IReadOnlyList<string> Faults(Instance instance, Plan plan) => Faults(instance, plan, 2);

    /// <summary>The same with so many threads; faults are told in the order of the requests whatever their number.</summary>
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
        capacity.Judge(plan, sizes, threads, faults);
        FigureCheck.Judge(instance, plan, figures, faults);
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
                faults.Add($"{request.Id}: served in parts, and may not be split");
        }
        else if (least < Math.Min(group, size) || seats > size)
        {
            faults.Add($"{request.Id}: a part below its smallest, or more seats than it asks for");
        }
        if (rows.Length > 1 && rows.ToArray().Select(row => row.Candidate).Distinct().Count() != rows.Length)
            faults.Add($"{request.Id}: one candidate in two rows");
        if (request.Current is { } current)
        {
            if (seats != size || rows.Length == 0)
                faults.Add($"{request.Id}: sits today and is dropped");
            else if (!current.Movable && (rows.Length != 1 || rows[0].Candidate != current.Candidate))
                faults.Add($"{request.Id}: fixed, and moved");
        }
        var missing = rows.Length > 0 && size == 0 ? 0 : size - seats;
        var shouldStand = rows.Length == 0 || missing > 0;
        if (unserved is not null != shouldStand || (unserved is not null && unserved.Seats != missing))
            faults.Add($"{request.Id}: {missing} seats are unserved, and the plan does not say so");
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

/// <summary>Collects faults in words, up to a hundred.</summary>
internal sealed class FaultList
{
    private readonly List<string> _faults = [];

    public int Count => _faults.Count;

    public IReadOnlyList<string> All => _faults;

    public void Add(FormattableString fault)
    {
        if (_faults.Count < 100)
            _faults.Add(fault.ToString(CultureInfo.InvariantCulture));
    }

    public void AddAll(FaultList others) => _faults.AddRange(others.All.Take(100 - _faults.Count));
}
