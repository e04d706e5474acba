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
        var wishes = requests.Where(request => request.Limit is not null).ToLookup(request => (request.Institution, request.Limit!.Value));
        var sums = new SortedDictionary<int, int>();
        foreach (var school in seated.GroupBy(block => (block.Institution.Text, InstanceBuilder.KindOf(block.Mode))).OrderBy(group => group.Key))
        {
            if (!wishes.Contains(school.Key) || !limits.TryGetValue(school.Key, out var limit))
                continue;
            var quarters = new QuarterHours(school);
            var standing = quarters.Standing();
            var wanted = quarters.Wanted(wishes[school.Key]);
            bool Binds(int quarter) => wanted[quarter] > 0 && standing[quarter] + wanted[quarter] > limit;
            foreach (var block in school.Where(block => quarters.Of(block).Any(Binds)))
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
}
