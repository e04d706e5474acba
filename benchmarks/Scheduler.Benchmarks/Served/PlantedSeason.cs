using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Planted seasons: a plan that serves every mandatory request is known, and leaves a small share of the capacity free. Requests of several sizes and
/// lengths are put at random places until the pools are nearly full; each may also take other starts of its day or its pool, or another pool.</summary>
internal static class PlantedSeason
{
    private const int SlotsOfDay = 12;
    private static readonly Instant _start = Instant.FromUtc(2026, 12, 7, 12, 0);

    /// <summary>Draws one season. The seed chooses among the shapes: one to three pools; starts within three hours, of the day, or of the whole season; small
    /// and large requests. Each day of a pool is cut into rectangles of slots and seats, and pieces are left out until enough room is free.</summary>
    public static Instance Draw(double freeShare, int seed)
    {
        var random = new Random(seed);
        var (pools, days) = (1 + (seed % 3), 3 + random.Next(5));
        var capacity = Enumerable.Range(0, pools).Select(_ => random.Next(30, 101)).ToArray();
        var window = (seed / 3 % 3) switch { 0 => 3, 1 => SlotsOfDay, _ => days * SlotsOfDay };
        var pieces = new List<Piece>();
        for (var pool = 0; pool < pools; pool++)
        {
            var largest = capacity[pool] / (seed % 2 == 0 ? 3 : 7) * 3;
            for (var day = 0; day < days; day++)
                Cut(random, pieces, new Piece(pool, day * SlotsOfDay, SlotsOfDay, capacity[pool]), largest);
        }
        var total = capacity.Sum(seats => (long)seats * days * SlotsOfDay);
        var toFree = (long)(freeShare * total);
        // The smallest pieces that together free at least the share.
        pieces = [.. pieces.OrderBy(piece => piece.Length * piece.Seats)];
        while (toFree > 0)
        {
            toFree -= (long)pieces[0].Length * pieces[0].Seats;
            pieces.RemoveAt(0);
        }
        var order = pieces.ToArray();
        random.Shuffle(order);
        return new Instance
        {
            Name = FormattableString.Invariant($"planted, free {freeShare}, seed {seed}"), SlotMinutes = 60,
            Pools = [.. capacity.Select((seats, pool) =>
                new Pool($"p{pool}", [.. Enumerable.Range(0, days * SlotsOfDay).Select(slot => new PoolSlot(At(slot), seats))]))],
            Institutions = [new Institution("one", [])],
            Requests = [.. order.Select((piece, index) => Ask(random, index, piece, window, days, capacity))],
        };
    }

    /// <summary>Cuts a rectangle until every piece has at most four slots and so many seats.</summary>
    private static void Cut(Random random, List<Piece> pieces, Piece whole, int largest)
    {
        var (pool, start, length, seats) = whole;
        var (isLong, isLarge) = (length > 4 || (length > 1 && random.Next(3) == 0), seats > largest || (seats > 5 && random.Next(3) == 0));
        if (isLong && (!isLarge || random.Next(2) == 0))
        {
            var first = random.Next(1, length);
            Cut(random, pieces, new Piece(pool, start, first, seats), largest);
            Cut(random, pieces, new Piece(pool, start + first, length - first, seats), largest);
        }
        else if (isLarge)
        {
            var part = random.Next(1, seats);
            Cut(random, pieces, new Piece(pool, start, length, part), largest);
            Cut(random, pieces, new Piece(pool, start, length, seats - part), largest);
        }
        else
        {
            pieces.Add(whole);
        }
    }

    private static Request Ask(Random random, int index, Piece piece, int window, int days, int[] capacity)
    {
        var ((pool, start, length, seats), pools) = (piece, capacity.Length);
        int[] profile = [.. Enumerable.Repeat(seats, length)];
        var wish = start + random.Next(-window / 2, (window / 2) + 1);
        var candidates = new List<Candidate>();
        for (var slot = 0; slot < days * SlotsOfDay; slot++)
        {
            var isInDay = (slot % SlotsOfDay) + length <= SlotsOfDay;
            if (!isInDay || (slot != start && Math.Abs(slot - wish) > window))
                continue;
            candidates.Add(new Candidate($"p{pool}", At(slot), profile, 0.01 * seats * Math.Abs(slot - wish)));
            if (pools > 1 && index % 4 == 0 && seats <= capacity[(pool + 1) % pools])
                candidates.Add(new Candidate($"p{(pool + 1) % pools}", At(slot), profile, 0.01 * seats * (5 + Math.Abs(slot - wish))));
        }
        return new Request { Id = $"r{index}", Institution = "one", Value = seats * length, Mandatory = true, Candidates = candidates };
    }

    private readonly record struct Piece(int Pool, int Start, int Length, int Seats);

    private static Instant At(int slot) => _start + Duration.FromDays(slot / SlotsOfDay) + Duration.FromHours(slot % SlotsOfDay);
}
