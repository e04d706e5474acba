using NodaTime;
using Scheduler.Ledger;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Tests;

/// <summary>
/// Adds up an instance and its plan, and says whether a request fits with added capacity while everything else of the plan stays in place. Code of the tests
/// alone: it shares nothing with the code that makes receipts.
/// </summary>
internal sealed class ReceiptRoom
{
    private static readonly Duration _slot = Duration.FromHours(1);
    private readonly Dictionary<string, Request> _requests;
    private readonly ILookup<string, Assignment> _assigned;
    private readonly Dictionary<(string Pool, Instant Start), long> _free = [];
    private readonly Dictionary<(string Institution, LimitKind Limit), long> _limits;
    private readonly Dictionary<(string Institution, LimitKind Limit), List<(string Request, Instant From, long Seats)>> _sat = [];

    public ReceiptRoom(Instance instance, Plan plan)
    {
        _requests = instance.Requests.ToDictionary(request => request.Id);
        _assigned = plan.Assignments.ToLookup(assignment => assignment.Request);
        _limits = instance.Institutions.SelectMany(one => one.Limits, (one, limit) => (Key: (one.Id, limit.Kind), limit.Capacity))
            .ToDictionary(limit => limit.Key, limit => (long)limit.Capacity);
        foreach (var slot in instance.Pools.SelectMany(pool => pool.Slots, (pool, slot) => (Key: (pool.Id, slot.Start), slot.Capacity)))
            _free.Add(slot.Key, slot.Capacity);
        foreach (var assignment in plan.Assignments)
        {
            var request = _requests[assignment.Request];
            foreach (var ((pool, start), seats) in Taken(request, assignment.Candidate, assignment.Seats))
            {
                _free[(pool, start)] = _free.GetValueOrDefault((pool, start)) - seats;
                if (request.Limit is not { } limit)
                    continue;
                if (!_sat.TryGetValue((request.Institution, limit), out var sat))
                    _sat.Add((request.Institution, limit), sat = []);
                sat.Add((request.Id, start, seats));
            }
        }
    }

    /// <summary>Whether the whole request fits with so many seats more, in one block or in parts where the request may be split.</summary>
    public bool Fits(string id, IReadOnlyList<AddedRange> added, long limitSeats)
    {
        var request = _requests[id];
        var size = Size(request);
        var order = Enumerable.Range(0, request.Candidates.Count).Where(k => request.Value > request.Candidates[k].Cost)
            .OrderBy(k => request.Candidates[k].Pool, StringComparer.Ordinal).ThenBy(k => request.Candidates[k].Start).ToArray();
        return IsServed(request, order, 0, size, [], [], key => Room(request, key, added, limitSeats));
    }

    /// <summary>
    /// Whether the candidates from a place in the order can take what is left. Only parts that overlap the next candidate matter for what follows, so every
    /// such state is tried once.
    /// </summary>
    private static bool IsServed(
        Request request, int[] order, int at, int left, List<(int Candidate, int Seats)> near, HashSet<string> failed,
        Func<(string Pool, Instant Start), long> room)
    {
        if (left == 0)
            return true;
        if (at == order.Length)
            return false;
        var next = request.Candidates[order[at]];
        near = near.FindAll(
            part => request.Candidates[part.Candidate] is var one && one.Pool == next.Pool && one.Start + (_slot * one.Seats.Count) > next.Start);
        if (failed.Contains($"{at} {left} {string.Join(' ', near)}"))
            return false;
        var least = request.MinGroup is { } group ? Math.Min(group, Size(request)) : Size(request);
        for (var seats = left; seats >= least; seats--)
        {
            List<(int Candidate, int Seats)> with = [.. near, (order[at], seats)];
            var taken = with.SelectMany(part => Taken(request, part.Candidate, part.Seats)).GroupBy(row => row.Key);
            if (taken.All(slot => slot.Sum(row => row.Seats) <= room(slot.Key)) && IsServed(request, order, at + 1, left - seats, with, failed, room))
                return true;
        }

        if (IsServed(request, order, at + 1, left, near, failed, room))
            return true;
        failed.Add($"{at} {left} {string.Join(' ', near)}");
        return false;
    }

    /// <summary>The seats of a slot that the request may take: those of the pool, and those of its institution's limit at the tightest instant.</summary>
    private long Room(Request request, (string Pool, Instant Start) key, IReadOnlyList<AddedRange> added, long limitSeats)
    {
        var own = _assigned[request.Id].SelectMany(row => Taken(request, row.Candidate, row.Seats)).ToList();
        var free = _free.GetValueOrDefault(key) + own.Where(row => row.Key == key).Sum(row => row.Seats)
            + added.Where(range => range.Pool.Text == key.Pool && range.From <= key.Start && key.Start < range.To).Sum(range => range.Add);
        if (request.Limit is not { } limit || !_limits.TryGetValue((request.Institution, limit), out var most))
            return free;
        var others = _sat.GetValueOrDefault((request.Institution, limit), []).FindAll(row => row.Request != request.Id);
        var instants = others.Select(row => row.From).Where(from => key.Start < from && from < key.Start + _slot).Append(key.Start);
        var busiest = instants.Max(instant => others.Where(row => row.From <= instant && instant < row.From + _slot).Sum(row => row.Seats));
        return Math.Min(free, most + limitSeats - busiest);
    }

    private static IEnumerable<((string Pool, Instant Start) Key, long Seats)> Taken(Request request, int k, int seats)
    {
        var (candidate, size) = (request.Candidates[k], Size(request));
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            if ((long)Math.Ceiling((decimal)candidate.Seats[at] * seats / size) is > 0 and var amount)
                yield return ((candidate.Pool, candidate.Start + (_slot * at)), amount);
        }
    }

    private static int Size(Request request) => request.Candidates.SelectMany(candidate => candidate.Seats).DefaultIfEmpty(0).Max();
}
