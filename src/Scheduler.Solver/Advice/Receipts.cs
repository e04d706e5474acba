namespace Scheduler.Solver;

/// <summary>Finds the receipt of every request that a plan does not serve in full.</summary>
public static class Receipts
{
    /// <summary>The receipts, in the order of <see cref="Plan.Unserved"/>. A request that no capacity could serve has none: one without candidates, or with
    /// candidates that all cost more than the request is worth.</summary>
    /// <param name="instance">The instance of the plan.</param>
    /// <param name="plan">A plan that passes the checker.</param>
    /// <param name="cancel">Ends the work with <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Receipt> Of(Instance instance, Plan plan, CancellationToken cancel = default)
    {
        var receipts = new List<Receipt>(plan.Unserved.Count);
        foreach (var receipt in Each(instance, plan))
        {
            cancel.ThrowIfCancellationRequested();
            receipts.Add(receipt);
        }
        return receipts;
    }

    /// <summary>The receipts of <see cref="Of(Instance, Plan, CancellationToken)"/>, each found when it is asked for. Whoever has no time left stops
    /// asking.</summary>
    /// <param name="instance">The instance of the plan.</param>
    /// <param name="plan">A plan that passes the checker.</param>
    public static IEnumerable<Receipt> Each(Instance instance, Plan plan)
    {
        var room = new PlanRoom(instance, plan);
        var index = new Dictionary<string, Request>(instance.Requests.Count);
        foreach (var request in instance.Requests)
            index.Add(request.Id, request);
        foreach (var unserved in plan.Unserved)
        {
            var request = index[unserved.Request];
            var size = PlanRoom.SizeOf(request);
            // Its own parts may sit elsewhere once it is served in full.
            room.Add(request, 1);
            var receipt = Whole(request, room, size);
            if (receipt is not null && request.MinGroup is { } group && group < size)
                receipt = SplitReceipt.Of(request, room, size, receipt);
            room.Add(request, -1);
            if (receipt is not null)
                yield return receipt;
        }
    }

    /// <summary>Whether serving the request by this candidate is worth its cost. A mandatory request is served at any cost.</summary>
    internal static bool IsWorthwhile(Request request, in Candidate candidate) => OptionBuilder.IsMandatory(request) || request.Value > candidate.Cost;

    /// <summary>The receipt of the whole request in one candidate.</summary>
    private static Receipt? Whole(Request request, PlanRoom room, int size)
    {
        var limit = room.LimitOf(request);
        var (best, bestLimit, bestSlots) = (-1, long.MaxValue, long.MaxValue);
        for (var k = 0; k < request.Candidates.Count; k++)
        {
            var candidate = request.Candidates[k];
            if (!IsWorthwhile(request, candidate))
                continue;
            var (limitSeats, slots) = (0L, 0L);
            for (var at = 0; at < candidate.Seats.Count && limitSeats <= bestLimit; at++)
            {
                if (candidate.Seats[at] == 0)
                    continue;
                var start = candidate.Start.ToUnixTimeTicks() + (at * room.SlotTicks);
                slots += Math.Max(0, candidate.Seats[at] - room.Free(candidate.Pool, start));
                if (limit is not null)
                    limitSeats = Math.Max(limitSeats, candidate.Seats[at] - limit.FreeDuring(start));
            }
            if (limitSeats < bestLimit || (limitSeats == bestLimit && slots < bestSlots))
                (best, bestLimit, bestSlots) = (k, limitSeats, slots);
        }
        return best < 0 ? null : Of(request, room, best, bestLimit, size);
    }

    private static Receipt Of(Request request, PlanRoom room, int k, long limitSeats, int size)
    {
        var (candidate, seats) = (request.Candidates[k], new List<AddedSeats>());
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            var start = candidate.Start.PlusTicks(at * room.SlotTicks);
            if (candidate.Seats[at] - room.Free(candidate.Pool, start.ToUnixTimeTicks()) is var missing and > 0 && candidate.Seats[at] > 0)
                seats.Add(new AddedSeats(candidate.Pool, start, missing));
        }
        return new Receipt
        {
            Request = request.Id, Seats = seats, Limit = limitSeats > 0 ? request.Limit : null, LimitSeats = limitSeats,
            Placement = [Assignment.Of(request, k, size)],
        };
    }
}
