using System.Globalization;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Re-adds a plan from the instance and the plan's own rows, and nothing else: it shares no code with the solver. No plan leaves without passing.</summary>
public static class PlanChecker
{
    private static readonly List<Assignment> None = [];
    private static readonly List<Unserved> NoneLeft = [];

    /// <summary>Every fault of the plan, empty when it is sound; at most a hundred.</summary>
    /// <param name="instance">What was asked.</param>
    /// <param name="plan">What was answered.</param>
    public static IReadOnlyList<string> Faults(Instance instance, Plan plan)
    {
        var faults = new FaultList();
        var served = ReadAssignments(instance, plan, faults);
        int[] sizes = [.. instance.Requests.Select(Size)];
        if (faults.Count == 0)
        {
            // Side by side, told in a fixed order.
            var (capacity, figures) = (new FaultList(), new FaultList());
            Parallel.Invoke(
                () => CapacityCheck.Run(instance, plan, served, sizes, capacity),
                () =>
                {
                    CheckServed(instance, plan, served, sizes, faults);
                    FigureCheck.Run(instance, plan, served, sizes, figures);
                });
            foreach (var fault in capacity.All.Concat(figures.All))
                faults.Add($"{fault}");
        }
        return faults.All;
    }

    private static List<Assignment>[] ReadAssignments(Instance instance, Plan plan, FaultList faults)
    {
        var index = new Dictionary<string, int>(instance.Requests.Count);
        for (var r = 0; r < instance.Requests.Count; r++)
            index.Add(instance.Requests[r].Id, r);
        var served = new List<Assignment>[instance.Requests.Count];
        for (var row = 0; row < plan.Assignments.Count; row++)
        {
            var assignment = plan.Assignments[row];
            if (!index.TryGetValue(assignment.Request, out var r))
                faults.Add($"assignments[{row}]: no request {assignment.Request}");
            else if ((uint)assignment.Candidate >= (uint)instance.Requests[r].Candidates.Count)
                faults.Add($"assignments[{row}]: {assignment.Request} has no candidate {assignment.Candidate}");
            else
                (served[r] ??= []).Add(assignment);
        }
        return served;
    }

    private static void CheckServed(Instance instance, Plan plan, List<Assignment>[] served, int[] sizes, FaultList faults)
    {
        var left = plan.Unserved.GroupBy(row => row.Request).ToDictionary(rows => rows.Key, rows => rows.ToList());
        for (var r = 0; r < instance.Requests.Count; r++)
        {
            var request = instance.Requests[r];
            var size = sizes[r];
            var rows = served[r] ?? None;
            var seats = 0L;
            foreach (var row in rows)
                seats += row.Seats;
            if (request.MinGroup is null)
            {
                if (rows.Count > 1 || (rows.Count == 1 && rows[0].Seats != size))
                    faults.Add($"{request.Id}: served in parts, and may not be split");
            }
            else if (rows.Any(row => row.Seats < Math.Min(request.MinGroup.Value, size)) || seats > size)
            {
                faults.Add($"{request.Id}: a part below its smallest, or more seats than it asks for");
            }
            if (rows.Count > 1 && rows.Select(row => row.Candidate).Distinct().Count() != rows.Count)
                faults.Add($"{request.Id}: one candidate in two rows");
            if (request.Current is { } current)
            {
                if (seats != size || rows.Count == 0)
                    faults.Add($"{request.Id}: sits today and is dropped");
                else if (!current.Movable && (rows.Count != 1 || rows[0].Candidate != current.Candidate))
                    faults.Add($"{request.Id}: fixed, and moved");
            }
            var unserved = left.TryGetValue(request.Id, out var named) ? named : NoneLeft;
            var missing = rows.Count > 0 && size == 0 ? 0 : size - seats;
            var shouldStand = rows.Count == 0 || missing > 0;
            if (unserved.Count != (shouldStand ? 1 : 0) || (unserved.Count == 1 && unserved[0].Seats != missing))
                faults.Add($"{request.Id}: {missing} seats are unserved, and the plan does not say so");
        }
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

    internal static long Amount(int whole, int seats, int size) => size == 0 ? 0 : (((long)whole * seats) + size - 1) / size;
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
}
