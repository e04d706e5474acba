using System.Collections.Immutable;

namespace Scheduler.Solver;

/// <summary>
/// Decides by lots what the aims of a plan leave equal. Of requests that ask for the same, the one with the earlier lot gets the better place, where the two
/// schools can change places without any effect on the plan's value, on the served ratios and on the limits of the schools. A request that may be split, a
/// booking and a mandatory request keep their places.
/// </summary>
public sealed class LotExchange
{
    private readonly Dictionary<string, int> _candidate = [];
    private readonly Dictionary<string, Unserved> _unserved;
    private readonly Dictionary<string, string> _place = [];
    private readonly ServedSeats _served;
    private readonly PlanRoom _room;

    private LotExchange(Instance instance, Plan plan)
    {
        (_served, _room) = (new ServedSeats(instance, plan), new PlanRoom(instance, plan));
        _unserved = plan.Unserved.ToDictionary(row => row.Request);
        foreach (var row in plan.Assignments)
            _candidate[row.Request] = row.Candidate;
    }

    /// <summary>The plan after the exchange, and by the id of each request that has another's place the id of the request that had the place before.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="plan">A plan of the instance.</param>
    /// <param name="order">The ids of the requests in the order of their lots. Other requests take no part.</param>
    public static (Plan Plan, ImmutableDictionary<string, string> Places) Run(Instance instance, Plan plan, IReadOnlyList<string> order)
    {
        var exchange = new LotExchange(instance, plan);
        var byId = instance.Requests.ToDictionary(request => request.Id);
        foreach (var equal in order.Where(byId.ContainsKey).Select(id => byId[id]).Where(TakesPart).GroupBy(request => request, SameAsk.One))
            exchange.Decide([.. equal]);
        return (exchange.Renamed(plan), exchange._place.Where(place => place.Key != place.Value).ToImmutableDictionary());
    }

    private static bool TakesPart(Request request) =>
        request is { MinGroup: null, Current: null, Mandatory: false } && request.Candidates.Count > 0 && PlanRoom.SizeOf(request) > 0;

    /// <summary>Gives each request, by its lot, the best place that a request with a later lot has and can give up.</summary>
    private void Decide(ImmutableArray<Request> equal)
    {
        foreach (var request in equal)
            _place[request.Id] = request.Id;
        for (var i = 0; i < equal.Length - 1; i++)
        {
            var (first, cost) = (equal[i], CostOf(equal[i]));
            foreach (var other in equal.Skip(i + 1).Where(other => CostOf(other) < cost).OrderBy(CostOf))
            {
                if (TryExchange(first, other))
                    break;
            }
        }
    }

    /// <summary>The cost of the place that a request has now; without a place no cost is greater.</summary>
    private double CostOf(Request request) => Candidate(request) is { } k ? request.Candidates[k].Cost : double.PositiveInfinity;

    private int? Candidate(Request request) => _candidate.TryGetValue(_place[request.Id], out var k) ? k : null;

    private bool TryExchange(Request first, Request other)
    {
        var (from, to) = (Candidate(first), Candidate(other)!.Value);
        var isOneSchool = first.Institution == other.Institution;
        if (from is null && !isOneSchool
            && (_unserved.GetValueOrDefault(_place[first.Id])?.BlockedBy.Any(row => row.Limit is not null) != false
                || !_served.MayChange(first.Institution, other.Institution, PlanRoom.SizeOf(first))))
            return false;
        if (!isOneSchool && !FitsLimits(first, from, other, to))
            return false;
        if (from is null)
            _served.Change(first.Institution, other.Institution, PlanRoom.SizeOf(first));
        (_place[first.Id], _place[other.Id]) = (_place[other.Id], _place[first.Id]);
        return true;
    }

    /// <summary>Moves the seats between the limits of two schools, when both have room.</summary>
    private bool FitsLimits(Request first, int? from, Request other, int to)
    {
        Use(first, from, -1);
        Use(other, to, -1);
        var fits = Fits(first, to) && (from is not { } k || Fits(other, k));
        Use(first, fits ? to : from, 1);
        Use(other, fits ? from : to, 1);
        return fits;
    }

    private void Use(Request request, int? candidate, int sign)
    {
        if (candidate is not { } k || _room.LimitOf(request) is not { } limit)
            return;
        var place = request.Candidates[k];
        for (var at = 0; at < place.Seats.Count; at++)
            limit.Add(place.Start.ToUnixTimeTicks() + (at * _room.SlotTicks), sign * place.Seats[at]);
    }

    private bool Fits(Request request, int candidate)
    {
        if (_room.LimitOf(request) is not { } limit)
            return true;
        var place = request.Candidates[candidate];
        return Enumerable.Range(0, place.Seats.Count)
            .All(at => place.Seats[at] <= limit.FreeDuring(place.Start.ToUnixTimeTicks() + (at * _room.SlotTicks)));
    }

    private Plan Renamed(Plan plan)
    {
        var ownerOf = _place.ToDictionary(place => place.Value, place => place.Key);
        string Owner(string id) => ownerOf.GetValueOrDefault(id, id);
        return plan with
        {
            Assignments = [.. plan.Assignments.Select(row => row with { Request = Owner(row.Request) })],
            Unserved = [.. plan.Unserved.Select(row => row with { Request = Owner(row.Request) })],
        };
    }
}
