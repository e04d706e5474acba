using System.Globalization;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Checks the rules of an instance beyond the types of its fields: unique ids, references that exist, starts on the grid, parts of one size. Places
/// are paths in the file, so an instance built in memory is refused in the same words.</summary>
public static class InstanceChecks
{
    private static readonly long Latest = Instant.MaxValue.ToUnixTimeTicks();

    /// <summary>The first fault of an instance that was not read from a file; null when there is none.</summary>
    /// <param name="instance">Any instance.</param>
    public static InstanceReading.Refused? FirstFault(Instance instance)
    {
        try
        {
            Check(instance);
            return null;
        }
        catch (InstanceFaultException fault)
        {
            return fault.ToRefusal();
        }
    }

    internal static void Check(Instance instance)
    {
        if (instance.SlotMinutes < 1)
            throw new InstanceFaultException("slotMinutes", "below 1");
        if (instance.SlotMinutes > SizeLimits.SlotMinutes)
            throw new InstanceFaultException("slotMinutes", $"above {SizeLimits.SlotMinutes}");
        if (!double.IsFinite(instance.FairnessSlack) || instance.FairnessSlack < 0)
            throw new InstanceFaultException("fairnessSlack", "a finite number of at least 0 expected");
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        var grids = CheckPools(instance, slot);
        CheckRequests(instance, CheckInstitutions(instance), grids, slot);
    }

    private static HashSet<string> CheckInstitutions(Instance instance)
    {
        var institutions = new HashSet<string>();
        for (var index = 0; index < instance.Institutions.Count; index++)
        {
            var (id, limits) = instance.Institutions[index];
            if (!institutions.Add(id))
                throw Fault($"institutions[{index}].id", "this id is used twice");
            for (var k = 0; k < limits.Count; k++)
            {
                if (limits.Take(k).Any(other => other.Kind == limits[k].Kind))
                    throw Fault($"institutions[{index}].limits[{k}].kind", "this kind of limit is listed twice");
                if (NotSeats(limits[k].Capacity) is { } fault)
                    throw Fault($"institutions[{index}].limits[{k}].capacity", fault);
            }
        }
        return institutions;
    }

    private static Dictionary<string, long?> CheckPools(Instance instance, long slot)
    {
        var grids = new Dictionary<string, long?>();
        var starts = new HashSet<Instant>();
        for (var index = 0; index < instance.Pools.Count; index++)
        {
            var pool = instance.Pools[index];
            long? grid = pool.Slots.Count == 0 ? null : Offset(pool.Slots[0].Start, slot);
            if (!grids.TryAdd(pool.Id, grid))
                throw Fault($"pools[{index}].id", "this id is used twice");
            starts.Clear();
            for (var k = 0; k < pool.Slots.Count; k++)
            {
                if (Offset(pool.Slots[k].Start, slot) != grid)
                    throw Fault($"pools[{index}].slots[{k}].start", "off the grid of the pool's first slot");
                if (!starts.Add(pool.Slots[k].Start))
                    throw Fault($"pools[{index}].slots[{k}].start", "this slot is listed twice");
                if (!Ends(pool.Slots[k].Start, 1, slot))
                    throw Fault($"pools[{index}].slots[{k}].start", "ends after the year 9999");
                if (NotSeats(pool.Slots[k].Capacity) is { } fault)
                    throw Fault($"pools[{index}].slots[{k}].capacity", fault);
            }
        }
        return grids;
    }

    private static void CheckRequests(Instance instance, HashSet<string> institutions, Dictionary<string, long?> grids, long slot)
    {
        var ids = new HashSet<string>();
        for (var index = 0; index < instance.Requests.Count; index++)
        {
            var request = instance.Requests[index];
            if (!ids.Add(request.Id))
                throw Fault($"requests[{index}].id", "this id is used twice");
            if (!institutions.Contains(request.Institution))
                throw Fault($"requests[{index}].institution", "no institution has this id");
            if (!(Math.Abs(request.Value) <= SizeLimits.Magnitude))
                throw Fault($"requests[{index}].value", "the number is not finite, or too large");
            if (request.Current is { MoveCost: var move } && !(Math.Abs(move) <= SizeLimits.Magnitude))
                throw Fault($"requests[{index}].current.moveCost", "the number is not finite, or too large");
            if (request.MinGroup < 1)
                throw Fault($"requests[{index}].minGroup", "below 1");
            if (request.MinGroup > SizeLimits.Seats)
                throw Fault($"requests[{index}].minGroup", $"above {SizeLimits.Seats}");
            if (request.Current is { } current && (uint)current.Candidate >= (uint)request.Candidates.Count)
                throw Fault($"requests[{index}].current.candidate", "the request has no such candidate");
            CheckCandidates(request, index, grids, slot);
        }
    }

    private static void CheckCandidates(Request request, int index, Dictionary<string, long?> grids, long slot)
    {
        (string? lastPool, long? grid, IReadOnlyList<int>? lastSeats, var lastSize, var size) = (null, null, null, 0, -1);
        for (var k = 0; k < request.Candidates.Count; k++)
        {
            var candidate = request.Candidates[k];
            if (!ReferenceEquals(candidate.Pool, lastPool) && !grids.TryGetValue(lastPool = candidate.Pool, out grid))
                throw Fault($"requests[{index}].candidates[{k}].pool", "no pool has this id");
            // A pool without slots has the grid of the first candidate that names it.
            if (grid is null)
                grids[candidate.Pool] = grid = Offset(candidate.Start, slot);
            if (Offset(candidate.Start, slot) != grid)
                throw Fault($"requests[{index}].candidates[{k}].start", "off the grid of its pool");
            if (!Ends(candidate.Start, candidate.Seats.Count, slot))
                throw Fault($"requests[{index}].candidates[{k}].start", "ends after the year 9999");
            if (!(Math.Abs(candidate.Cost) <= SizeLimits.Magnitude))
                throw Fault($"requests[{index}].candidates[{k}].cost", "the number is not finite, or too large");
            if (!ReferenceEquals(candidate.Seats, lastSeats))
                lastSize = Largest(lastSeats = candidate.Seats, index, k);
            if (request.MinGroup is not null && size >= 0 && lastSize != size)
                throw Fault($"requests[{index}].candidates[{k}].seats", "the largest entry must be the same in all candidates of a request that may be split");
            size = lastSize;
        }
    }

    private static int Largest(IReadOnlyList<int> seats, int index, int k)
    {
        // A candidate without slots would earn its value and hold nothing.
        if (seats.Count == 0)
            throw Fault($"requests[{index}].candidates[{k}].seats", "empty");
        var largest = 0;
        for (var entry = 0; entry < seats.Count; entry++)
        {
            if (NotSeats(seats[entry]) is { } fault)
                throw Fault($"requests[{index}].candidates[{k}].seats[{entry}]", fault);
            largest = Math.Max(largest, seats[entry]);
        }
        return largest;
    }

    private static string? NotSeats(int seats) => seats < 0 ? "below 0" : seats > SizeLimits.Seats ? $"above {SizeLimits.Seats}" : null;

    /// <summary>Whether so many slots from that start end before the last instant that can be written.</summary>
    private static bool Ends(Instant start, int slots, long slot) => slots <= (Latest - start.ToUnixTimeTicks()) / slot;

    private static long Offset(Instant start, long slot) => ((start.ToUnixTimeTicks() % slot) + slot) % slot;

    private static InstanceFaultException Fault(FormattableString place, string fault) => new(place.ToString(CultureInfo.InvariantCulture), fault);
}
