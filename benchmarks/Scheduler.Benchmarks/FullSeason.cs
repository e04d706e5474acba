using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Generates the variant <c>full</c>, a season with every feature at once. Institutions' limits are 1.0 to 1.7 times their largest request, a few
/// below it. One slot in seventy is closed or halved. Four requests in ten have a second step for candidates with extra time. 60 % may move three hours on
/// their day, 25 % to any hour of a fortnight, 15 % a day around. One in twenty has lost candidates to the lead time. One in fifty is larger than its pool. A
/// fifth may be split into parts of 10. A tenth has a current assignment, half of these movable at a cost, some in overfull slots. One in fifty is mandatory.
/// Every other pool begins at half past.</summary>
internal sealed class FullSeason(SeasonRecipe recipe)
{
    private const int FirstHour = 12;
    private const int LastHour = 29;
    private const int PopularHours = 6;
    private const int FortnightDays = 12;
    private static readonly Instant _monday = Instant.FromUtc(2026, 12, 7, 0, 0);
    private readonly Random _random = new(recipe.Seed);

    private int Days => recipe.Weeks * 6;

    public Instance Generate()
    {
        var weights = Enumerable.Range(0, recipe.Schools).Select(_ => 0.15 - Math.Log(1 - _random.NextDouble())).ToArray();
        var demands = Enumerable.Range(0, recipe.Requests).Select(index => Draw(index, weights)).ToList();
        var capacity = Enumerable.Range(0, recipe.PoolShares.Length).Select(pool => Capacity(demands, pool)).ToArray();
        for (var index = 0; index < demands.Count; index += 50)
            demands[index] = demands[index] with { Seats = (int)(capacity[demands[index].Pool] * (1.05 + (0.5 * _random.NextDouble()))) };
        var pools = capacity.Select((seats, pool) => new Pool($"pool-{pool + 1}", Slots(pool, seats))).ToArray();
        return new Instance
        {
            Name = FormattableString.Invariant($"{recipe.Size} full load {recipe.Load} seed {recipe.Seed}"), SlotMinutes = 60, Pools = pools,
            Institutions = [.. Enumerable.Range(0, recipe.Schools).Select(school => School(school, demands))],
            Requests = [.. demands.Select(ToRequest)],
        };
    }

    private Demand Draw(int index, double[] weights)
    {
        var kind = _random.NextDouble();
        var seats = (int)Math.Clamp(Math.Round(27 * Math.Exp(0.75 * Normal())), 5, 200);
        return new Demand
        {
            Index = index, School = Pick(weights), Pool = Pick(recipe.PoolShares), Seats = seats, Hours = 1 + _random.Next(3), Day = _random.Next(Days),
            Hour = FirstHour + 2 + (int)Math.Round(Math.Clamp(5 + (2.5 * Normal()), 0, 10)),
            Window = kind < 0.60 ? Window.SameDay : kind < 0.85 ? Window.Fortnight : Window.DayAround,
            IsLate = _random.Next(20) == 0, MaySplit = _random.Next(5) == 0, IsMandatory = _random.Next(50) == 0, HasExtraTime = _random.Next(10) < 4,
            Current = _random.Next(20) switch { 0 => CurrentKind.Fixed, 1 => CurrentKind.Movable, _ => CurrentKind.None },
            Weight = _random.NextDouble() is var weight && weight < 0.6 ? 1 : weight < 0.9 ? 2 : 4, IsLab = _random.Next(2) == 0,
        };
    }

    private int Capacity(List<Demand> demands, int pool)
    {
        var seatHours = demands.Where(demand => demand.Pool == pool).Sum(demand => (double)demand.Seats * demand.Hours);
        return Math.Max(20, (int)Math.Ceiling(seatHours / (Days * PopularHours * recipe.Load)));
    }

    private PoolSlot[] Slots(int pool, int seats)
    {
        var slots = new List<PoolSlot>();
        for (var day = 0; day < Days; day++)
        {
            for (var hour = FirstHour; hour < LastHour; hour++)
            {
                // One in seventy is closed or halved.
                var capacity = _random.Next(140) switch { 0 => 0, 1 => seats / 2, _ => seats };
                slots.Add(new PoolSlot(At(pool, day, hour), capacity));
            }
        }
        return [.. slots];
    }

    private Institution School(int school, List<Demand> demands)
    {
        int Largest(bool isLab) =>
            demands.Where(demand => demand.School == school && demand.IsLab == isLab).Select(demand => demand.Seats).DefaultIfEmpty(20).Max();

        // One limit in thirty is below the largest request.
        int Limit(bool isLab) => (int)(Largest(isLab) * (_random.Next(30) == 0 ? 0.8 : 1 + (0.7 * _random.NextDouble())));
        return new Institution(
            $"school-{school + 1}", [new InstitutionLimit(LimitKind.Lab, Limit(true)), new InstitutionLimit(LimitKind.Proctors, Limit(false))]);
    }

    private Request ToRequest(Demand demand)
    {
        var value = (double)demand.Weight * demand.Seats;
        int[] seats = [.. Enumerable.Repeat(demand.Seats, demand.Hours)];
        if (demand.HasExtraTime)
            seats = [.. seats, Math.Max(1, demand.Seats / 12)];
        var (before, after) = demand.Window switch { Window.SameDay => (0, 0), Window.DayAround => (1, 1), _ => (FortnightDays / 2, FortnightDays / 2) };
        var reach = demand.Window == Window.SameDay ? 3 : LastHour;
        var candidates = new List<Candidate>();
        // A late request has lost the days before its own to the lead time, and the hours before its own on that day.
        for (var day = demand.IsLate ? demand.Day : Math.Max(0, demand.Day - before); day <= Math.Min(Days - 1, demand.Day + after); day++)
        {
            for (var hour = FirstHour; hour + seats.Length <= LastHour; hour++)
            {
                if (Math.Abs(hour - demand.Hour) > reach || (demand.IsLate && day == demand.Day && hour < demand.Hour))
                    continue;
                var moved = Math.Abs(hour - demand.Hour) + (6.0 * Math.Abs(day - demand.Day));
                candidates.Add(new Candidate(
                    $"pool-{demand.Pool + 1}", At(demand.Pool, day, hour), seats, Math.Round(value * Math.Min(0.15, 0.01 * moved), 4)));
            }
        }
        var current = demand.Current == CurrentKind.None || candidates.Count == 0 || demand.Index % 50 == 0
            ? null
            : new CurrentPlace(_random.Next(candidates.Count), demand.Current == CurrentKind.Movable, Math.Round(0.05 * value, 4));
        return new Request
        {
            Id = $"r{demand.Index + 1}", Institution = $"school-{demand.School + 1}", Value = value, Mandatory = demand.IsMandatory,
            MinGroup = demand.MaySplit ? 10 : null, Limit = demand.IsLab ? LimitKind.Lab : LimitKind.Proctors, Current = current, Candidates = candidates,
        };
    }

    private static Instant At(int pool, int day, int hour) =>
        _monday + Duration.FromDays((day / 6 * 7) + (day % 6)) + Duration.FromMinutes((hour * 60) + (pool % 2 * 30));

    /// <summary>An index, drawn in proportion to the weights.</summary>
    private int Pick(double[] weights)
    {
        var at = _random.NextDouble() * weights.Sum();
        for (var index = 0; index < weights.Length; index++)
        {
            at -= weights[index];
            if (at < 0)
                return index;
        }
        return weights.Length - 1;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private enum Window
    {
        SameDay,
        Fortnight,
        DayAround,
    }

    private enum CurrentKind
    {
        None,
        Fixed,
        Movable,
    }

    private sealed record Demand
    {
        public required int Index { get; init; }

        public required int School { get; init; }

        public required int Pool { get; init; }

        public required int Seats { get; init; }

        public required int Hours { get; init; }

        public required int Day { get; init; }

        public required int Hour { get; init; }

        public required Window Window { get; init; }

        public required bool IsLate { get; init; }

        public required bool MaySplit { get; init; }

        public required bool IsMandatory { get; init; }

        public required bool HasExtraTime { get; init; }

        public required CurrentKind Current { get; init; }

        public required int Weight { get; init; }

        public required bool IsLab { get; init; }
    }
}
