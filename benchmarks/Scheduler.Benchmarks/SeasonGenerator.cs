using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Generates seasons: schools of skewed sizes, six time zones, log-normal request sizes, three kinds of windows, a lead time for a few requests, a
/// fifth splittable, weights 1, 2 and 4, lab and proctor limits.</summary>
internal sealed class SeasonGenerator(SeasonRecipe recipe)
{
    private const int FirstHour = 12;
    private const int LastHour = 29;
    private const double PopularHours = 6;
    private static readonly Instant Monday = Instant.FromUtc(2026, 12, 7, 0, 0);

    // Hours that local time is behind UTC in December: Newfoundland, Atlantic, Eastern, Central, Mountain, Pacific.
    private static readonly (double Behind, double Share)[] Zones = [(3.5, 0.03), (4, 0.10), (5, 0.42), (6, 0.15), (7, 0.15), (8, 0.15)];
    private readonly Random _random = new(recipe.Seed);

    private int Days => recipe.Weeks * 6;

    private int SlotMinutes => recipe.TwoGrids ? 60 : 30;

    public Instance Generate()
    {
        var schools = Enumerable.Range(0, recipe.Schools)
            .Select(index => (Index: index, Weight: 0.15 - Math.Log(1 - _random.NextDouble()), Zone: Pick(Zones))).ToArray();
        var total = schools.Sum(school => school.Weight);
        var wishes = new List<Wish>(recipe.Requests);
        for (var index = 0; index < recipe.Requests; index++)
            wishes.Add(DrawWish(index, schools, total));
        var capacity = Capacities(wishes);
        if (recipe.BigRequests)
        {
            for (var index = 0; index < wishes.Count; index += 50)
                wishes[index] = wishes[index] with { Seats = capacity[wishes[index].Pool] };
        }
        return new Instance
        {
            Name = FormattableString.Invariant($"{recipe.Size} load {recipe.Load} seed {recipe.Seed}"), SlotMinutes = SlotMinutes,
            Pools = [.. capacity.Select((seats, pool) => new Pool($"pool-{pool + 1}", Slots(pool, seats)))],
            Institutions = [.. schools.Select(school => School(school.Index, wishes))],
            Requests = [.. wishes.Select(ToRequest)],
        };
    }

    private Wish DrawWish(int index, (int Index, double Weight, double Zone)[] schools, double total)
    {
        var at = _random.NextDouble() * total;
        var school = schools[^1];
        foreach (var each in schools)
        {
            at -= each.Weight;
            if (at > 0)
                continue;
            school = each;
            break;
        }
        var seats = (int)Math.Clamp(Math.Round(27 * Math.Exp(0.75 * Normal())), 5, 200);
        var kind = _random.NextDouble();
        return new Wish
        {
            Index = index, School = school.Index, Zone = school.Zone, Pool = Pool(), Seats = seats, Hours = 1 + _random.Next(3),
            Day = _random.Next(Days), LocalHour = 9 + (int)Math.Round(Math.Clamp(3 + (2 * Normal()), 0, 6)),
            Spread = kind < 0.60 ? 0 : kind < 0.85 ? 6 : 1, IsLate = _random.NextDouble() < 0.05, MaySplit = seats >= 20 && _random.NextDouble() < 0.20,
            Weight = 1 << (_random.NextDouble() is var w && w < 0.6 ? 0 : w < 0.9 ? 1 : 2), IsLab = _random.NextDouble() < 0.5,
        };
    }

    private int[] Capacities(List<Wish> wishes)
    {
        var hours = new double[recipe.PoolShares.Length];
        foreach (var wish in wishes)
            hours[wish.Pool] += (double)wish.Seats * wish.Hours;
        return [.. hours.Select(seatHours => Math.Max(20, (int)Math.Ceiling(seatHours / (Days * PopularHours * recipe.Load))))];
    }

    private PoolSlot[] Slots(int pool, int seats)
    {
        var minutes = recipe.TwoGrids && pool % 2 == 1 ? 30 : 0;
        var slots = new List<PoolSlot>();
        for (var day = 0; day < Days; day++)
        {
            for (var at = (FirstHour * 60) + minutes; at + SlotMinutes <= LastHour * 60; at += SlotMinutes)
                slots.Add(new PoolSlot(Morning(day) + Duration.FromMinutes(at), seats));
        }
        return [.. slots];
    }

    private Institution School(int index, List<Wish> wishes)
    {
        var own = wishes.Where(wish => wish.School == index).ToList();
        var isTight = recipe.TightLimits ? index % 3 == 0 : false;
        var (lab, proctors) = (Largest(own, true), Largest(own, false));
        // A tight school can run 1 to 1.5 times its largest request at once, the others 3 to 5 times.
        var factor = isTight ? 1 + (0.5 * _random.NextDouble()) : 3 + (2 * _random.NextDouble());
        return new Institution($"school-{index + 1}",
        [
            new InstitutionLimit(LimitKind.Lab, (int)(lab * factor)),
            new InstitutionLimit(LimitKind.Proctors, 20 * (int)Math.Ceiling(proctors * factor / 20)),
        ]);
    }

    private static int Largest(List<Wish> own, bool isLab) => own.Where(wish => wish.IsLab == isLab).Select(wish => wish.Seats).DefaultIfEmpty(20).Max();

    private Request ToRequest(Wish wish)
    {
        var candidates = new List<Candidate>();
        var minutes = recipe.TwoGrids && wish.Pool % 2 == 1 ? 30 : 0;
        var value = (double)wish.Weight * wish.Seats;
        int[] seats = [.. Enumerable.Repeat(wish.Seats, wish.Hours * 60 / SlotMinutes)];
        // A late request has lost the first half of its window to the lead time.
        var firstDay = wish.IsLate ? wish.Day : Math.Max(0, wish.Day - wish.Spread);
        for (var day = firstDay; day <= Math.Min(Days - 1, wish.Day + wish.Spread); day++)
        {
            for (var shift = wish.IsLate ? 0 : -3; shift <= 3; shift++)
            {
                var local = wish.LocalHour + shift;
                if (local < 8 || local + wish.Hours > 18)
                    continue;
                var utc = (int)((local + wish.Zone) * 60);
                if (recipe.TwoGrids)
                    utc = (utc / 60 * 60) + minutes;
                if (utc < FirstHour * 60 || utc + (wish.Hours * 60) > LastHour * 60)
                    continue;
                var moved = Math.Abs(shift) + (6.0 * Math.Abs(day - wish.Day));
                var start = Morning(day) + Duration.FromMinutes(utc);
                candidates.Add(new Candidate($"pool-{wish.Pool + 1}", start, seats, Math.Round(value * Math.Min(0.15, 0.01 * moved), 4)));
            }
        }
        return new Request
        {
            Id = $"r{wish.Index + 1}", Institution = $"school-{wish.School + 1}", Value = value, MinGroup = wish.MaySplit ? 10 : null,
            Limit = wish.IsLab ? LimitKind.Lab : LimitKind.Proctors, Candidates = candidates,
        };
    }

    private static Instant Morning(int day) => Monday + Duration.FromDays((day / 6 * 7) + (day % 6));

    private int Pool()
    {
        var at = _random.NextDouble();
        for (var pool = 0; pool < recipe.PoolShares.Length - 1; pool++)
        {
            at -= recipe.PoolShares[pool];
            if (at < 0)
                return pool;
        }
        return recipe.PoolShares.Length - 1;
    }

    private double Pick((double Value, double Share)[] choices)
    {
        var at = _random.NextDouble();
        foreach (var (value, share) in choices)
        {
            at -= share;
            if (at < 0)
                return value;
        }
        return choices[^1].Value;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed record Wish
    {
        public required int Index { get; init; }

        public required int School { get; init; }

        public required double Zone { get; init; }

        public required int Pool { get; init; }

        public required int Seats { get; init; }

        public required int Hours { get; init; }

        public required int Day { get; init; }

        public required int LocalHour { get; init; }

        public required int Spread { get; init; }

        public required bool IsLate { get; init; }

        public required bool MaySplit { get; init; }

        public required int Weight { get; init; }

        public required bool IsLab { get; init; }
    }
}
