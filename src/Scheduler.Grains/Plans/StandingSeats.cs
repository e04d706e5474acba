using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The bookings and holds of schools that are not in an instance by themselves, and count against the limits of these schools (R6). Each one is a fixed request
/// in a pool that lists exactly those seats. Only sittings that may matter are written: those at an hour at which the limit could bind.
/// </summary>
internal static class StandingSeats
{
    /// <summary>Adds the pools and the fixed requests.</summary>
    /// <param name="seated">The sittings of the instance's institutions that the instance does not have.</param>
    /// <param name="limits">The limits of the institutions.</param>
    /// <param name="requests">The requests of the instance. The fixed requests are added.</param>
    /// <param name="pools">The pools of the instance. The pools of the standing seats are added.</param>
    public static void Add(
        IEnumerable<SeatedBlock> seated, IReadOnlyDictionary<(string Institution, Solver.LimitKind Kind), int> limits, List<Solver.Request> requests,
        List<Solver.Pool> pools)
    {
        var demand = Demand(requests);
        var sums = new SortedDictionary<int, int>();
        foreach (var school in seated.GroupBy(block => (block.Institution.Text, InstanceBuilder.KindOf(block.Mode))).OrderBy(group => group.Key))
        {
            if (!demand.TryGetValue(school.Key, out var wanted) || !limits.TryGetValue(school.Key, out var limit))
                continue;
            var standing = new Dictionary<int, long>();
            foreach (var block in school)
                Each(block.StartMinutes, block.Profile.Seats, (minutes, seats) => standing[minutes] = standing.GetValueOrDefault(minutes) + seats);
            bool Binds(int minutes) => wanted.ContainsKey(minutes) && standing[minutes] + wanted[minutes] > limit;
            foreach (var block in school.Where(block => Quarters(block).Any(Binds)))
            {
                for (var k = 0; k < block.Profile.Slots; k++)
                {
                    var minutes = block.StartMinutes + (k * SlotHour.LengthMinutes);
                    sums[minutes] = sums.GetValueOrDefault(minutes) + block.Profile[k];
                }

                requests.Add(Fixed(block));
            }
        }

        pools.AddRange(sums.GroupBy(slot => InstancePools.StandingName(slot.Key)).OrderBy(pool => pool.Key, StringComparer.Ordinal)
            .Select(pool => new Solver.Pool(pool.Key, [.. pool.Select(slot => new Solver.PoolSlot(SlotMinutes.ToInstant(slot.Key), slot.Value))])));
    }

    private static Solver.Request Fixed(SeatedBlock block) => new()
    {
        Id = block.Id.ToString("D"),
        Institution = block.Institution.Text,
        Value = 0,
        Limit = InstanceBuilder.KindOf(block.Mode),
        Current = new(0, Movable: false, 0),
        Candidates = [new(InstancePools.StandingName(block.StartMinutes), SlotMinutes.ToInstant(block.StartMinutes), [.. block.Profile.Seats], 0)],
    };

    /// <summary>
    /// The most seats that the requests of each school could have at once, by school, kind of limit and quarter of an hour: for each request its greatest.
    /// </summary>
    private static Dictionary<(string, Solver.LimitKind), Dictionary<int, long>> Demand(List<Solver.Request> requests)
    {
        var demand = new Dictionary<(string, Solver.LimitKind), Dictionary<int, long>>();
        foreach (var request in requests)
        {
            if (request.Limit is not { } kind)
                continue;
            var own = new Dictionary<int, int>();
            foreach (var candidate in request.Candidates)
            {
                Each(SlotMinutes.Of(candidate.Start), candidate.Seats, (minutes, seats) => own[minutes] = request.MinGroup is null
                    ? Math.Max(own.GetValueOrDefault(minutes), seats)
                    // Several parts may run at once, each in another block.
                    : candidate.Seats.Max() + candidate.Seats.Count);
            }

            if (!demand.TryGetValue((request.Institution, kind), out var sums))
                demand.Add((request.Institution, kind), sums = []);
            foreach (var (minutes, seats) in own)
                sums[minutes] = sums.GetValueOrDefault(minutes) + seats;
        }

        return demand;
    }

    private static IEnumerable<int> Quarters(SeatedBlock block)
    {
        var end = block.StartMinutes + (block.Profile.Slots * SlotHour.LengthMinutes);
        for (var minutes = block.StartMinutes; minutes < end; minutes += Supervision.StartsApartMinutes)
            yield return minutes;
    }

    private static void Each(int start, IReadOnlyList<int> seats, Action<int, int> take)
    {
        for (var minutes = 0; minutes < seats.Count * SlotHour.LengthMinutes; minutes += Supervision.StartsApartMinutes)
            take(start + minutes, seats[minutes / SlotHour.LengthMinutes]);
    }
}
