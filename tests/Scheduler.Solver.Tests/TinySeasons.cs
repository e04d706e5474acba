using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>Draws tiny seasons with every feature: two pools half an hour apart, limits, profiles with zeros, splits, mandatory requests, current
/// assignments.</summary>
internal static class TinySeasons
{
    public static readonly Instant Morning = Instant.FromUtc(2026, 12, 7, 14, 0);

    public static Instance Draw(int seed)
    {
        var random = new Random(seed);
        var slots = random.Next(1, 5);

        // The format does not say how a limit's shortfall compares with a pool's where grids differ, so current assignments and two grids are not drawn
        // together.
        var (hasCurrent, apart) = random.Next(2) == 0 ? (true, 0) : (false, 30);
        var pools = Enumerable.Range(0, random.Next(1, 3)).Select(pool => new Pool(
            $"p{pool}",
            [.. Enumerable.Range(0, slots).Select(k => new PoolSlot(Start(pool, k, apart), random.Next(0, 7)))])).ToArray();
        var institutions = Enumerable.Range(0, random.Next(1, 4)).Select(index => new Institution(
            $"i{index}",
            random.Next(2) == 0
                ? []
                : [new InstitutionLimit(LimitKind.Lab, random.Next(1, 6)), new InstitutionLimit(LimitKind.Proctors, random.Next(1, 6))])).ToArray();
        return new Instance
        {
            Name = $"tiny {seed}", SlotMinutes = 60, FairnessSlack = random.Next(3) switch { 0 => 0, 1 => 0.005, _ => 0.2 },
            Pools = pools, Institutions = institutions,
            Requests = [.. Enumerable.Range(0, random.Next(0, 5)).Select(index => Request(random, index, pools, slots, institutions, hasCurrent, apart))],
        };
    }

    private static Instant Start(int pool, int slot, int apart) => Morning + Duration.FromMinutes((slot * 60) + (pool * apart));

    private static Request Request(Random random, int index, Pool[] pools, int slots, Institution[] institutions, bool hasCurrent, int apart)
    {
        var size = random.Next(1, 5);
        var maySplit = random.Next(4) == 0;
        var candidates = Enumerable.Range(0, random.Next(0, 4)).Select(_ =>
        {
            var pool = random.Next(pools.Length);
            var seats = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(0, size + 1)).ToList();
            // All candidates of a split request have one size.
            if (maySplit)
                seats.Insert(random.Next(seats.Count + 1), size);
            return new Candidate(pools[pool].Id, Start(pool, random.Next(0, slots), apart), seats.ToArray(), random.Next(0, 3) * 0.25);
        }).DistinctBy(candidate => (candidate.Pool, candidate.Start)).ToArray();
        var value = random.Next(-1, 8);
        return new Request
        {
            Id = $"r{index}", Institution = institutions[random.Next(institutions.Length)].Id, Value = value, Mandatory = value > 0 && random.Next(4) == 0,
            Limit = random.Next(3) switch { 0 => null, 1 => LimitKind.Lab, _ => LimitKind.Proctors }, MinGroup = maySplit ? random.Next(1, 4) : null,
            Current = hasCurrent && candidates.Length > 0 && random.Next(3) == 0
                ? new CurrentPlace(random.Next(candidates.Length), random.Next(3) > 0, random.Next(0, 3) * 0.5)
                : null,
            Candidates = candidates,
        };
    }
}
