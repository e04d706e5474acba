using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>The capacity of slots in a walk: templates and exceptions.</summary>
public sealed partial class Walk
{
    private static readonly ImmutableArray<IsoDayOfWeek> _allDays = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];
    private readonly Dictionary<(string Pool, LocalDate Day), (int From, int To, int Seats)> _templates = [];
    private readonly Dictionary<(string Pool, Instant Hour), int> _exceptions = [];

    private async Task Exception()
    {
        var pool = _random.GetItems([.. _world.Pools.Keys], 1)[0];
        var from = Start(pool, null);
        while (!_world.IsStart(pool, from))
            from = Start(pool, null);
        var to = from + Duration.FromHours(_random.Next(1, 5));
        if (!_world.IsStart(pool, to))
            return;
        int? seats = _random.Next(4) == 0 ? null : _random.Next(0, 14);
        var force = _random.Next(3) == 0;
        Dictionary<(string, Instant), int> wanted = [];
        for (var hour = from; hour < to; hour += Duration.FromHours(1))
        {
            if (hour > _world.Now && _world.IsStart(pool, hour))
                wanted[(pool, hour)] = seats ?? FromTemplate(pool, hour);
        }

        var answer = await silo.Operator.SetException(new(By(), pool, from, to, seats, force, null));
        if (!AreSet(pool, wanted, force, answer))
            return;
        for (var hour = from; hour < to; hour += Duration.FromHours(1))
        {
            if (seats is { } fixedSeats)
                _exceptions[(pool, hour)] = fixedSeats;
            else
                _exceptions.Remove((pool, hour));
        }

        await SetInModel(wanted);
    }

    private async Task Template()
    {
        var pool = _random.GetItems([.. _world.Pools.Keys], 1)[0];
        var from = World.Day(_world.Now, _world.Pools[pool]).PlusDays(_random.Next(8, 30));
        await SetTemplate(pool, from, from.PlusDays(_random.Next(0, 5)), _random.Next(6, 10), _random.Next(12, 22), _random.Next(4, 14), _random.Next(2) == 0);
    }

    private int FromTemplate(string pool, Instant hour)
    {
        var local = hour.InZone(_world.Pools[pool]).LocalDateTime;
        return _templates.TryGetValue((pool, local.Date), out var row) && row.From <= local.Hour && local.Hour < row.To ? row.Seats : 0;
    }

    /// <summary>The refusal of a waitlist entry for more seats than any hour of its pool has, today or later.</summary>
    private ModelRefusal? NeverFits(Seating wish)
    {
        var greatest = 0;
        var today = World.Day(_world.Now, _world.Pools[wish.Pool]);
        foreach (var ((pool, day), row) in _templates)
            greatest = pool == wish.Pool && day >= today ? Math.Max(greatest, row.Seats) : greatest;
        foreach (var ((pool, hour), seats) in _exceptions)
            greatest = pool == wish.Pool && hour > _world.Now ? Math.Max(greatest, seats) : greatest;
        return wish.Seats > greatest ? new(422, "never_fits", ("greatestCapacity", $"{greatest}")) : null;
    }

    private async Task SetTemplate(string pool, LocalDate from, LocalDate to, int fromHour, int toHour, int seats, bool force)
    {
        var old = new Dictionary<(string, LocalDate), (int, int, int)>(_templates);
        for (var day = from; day <= to; day = day.PlusDays(1))
            _templates[(pool, day)] = (fromHour, toHour, seats);
        Dictionary<(string, Instant), int> wanted = [];
        var end = to.PlusDays(1).AtStartOfDayInZone(_world.Pools[pool]).ToInstant();
        for (var hour = from.AtStartOfDayInZone(_world.Pools[pool]).ToInstant(); hour < end; hour += Duration.FromMinutes(30))
        {
            if (hour > _world.Now && _world.IsStart(pool, hour))
                wanted[(pool, hour)] = _exceptions.TryGetValue((pool, hour), out var fixedSeats) ? fixedSeats : FromTemplate(pool, hour);
        }

        var week = new WeeklyRow(_allDays, new LocalTime(fromHour, 0), toHour, seats);
        var answer = await silo.Operator.SetTemplate(new(By(), pool, new(from, to, [week]), force, null));
        if (AreSet(pool, wanted, force, answer))
        {
            await SetInModel(wanted);
            return;
        }

        _templates.Clear();
        foreach (var (key, row) in old)
            _templates[key] = row;
    }

    /// <summary>
    /// Whether the capacities were set. They are refused when they fall below what is taken, and the refusal names the bookings and holds in the slots.
    /// When they are forced, the answer states the shortfalls.
    /// </summary>
    private bool AreSet(string pool, Dictionary<(string Pool, Instant Hour), int> wanted, bool force, CommandResult<CapacitySnapshot> answer)
    {
        if (_world.Retired.Contains(("pool", pool)))
        {
            TestSilo.Refusal<Refusal.Retired>(answer);
            Count("capacity: retired");
            return false;
        }

        var below = wanted
            .Where(slot => slot.Value < _world.CapacityAt(slot.Key.Pool, slot.Key.Hour) && slot.Value < _world.Taken(slot.Key.Pool, slot.Key.Hour))
            .Select(slot => slot.Key).ToHashSet();
        if (!force && below.Count > 0)
        {
            var refusal = TestSilo.Refusal<Refusal.CapacityBelowBooked>(answer);
            bool IsBelow(Seating seating) => below.Any(hour => seating.SeatsAt(hour.Pool, hour.Hour) > 0);
            var bookings = _world.Bookings.Values.Where(booking => !booking.IsCancelled && IsBelow(booking.Seating)).Select(booking => booking.Id);
            var holds = _world.Holds.Values.Where(hold => _world.IsLive(hold) && IsBelow(hold.Seating)).Select(hold => hold.Id);
            refusal.Bookings.Select(id => id.Value).ShouldBe(bookings, ignoreOrder: true);
            refusal.Holds.Select(id => id.Value).ShouldBe(holds, ignoreOrder: true);
            (refusal.BookingsTotal, refusal.HoldsTotal).ShouldBe((bookings.Count(), holds.Count()));
            Count("capacity capacity_below_booked");
            return false;
        }

        var shortfalls = wanted
            .Select(slot => new Shortfall(SlotMinutes.Of(slot.Key.Hour), _world.Taken(slot.Key.Pool, slot.Key.Hour) - slot.Value))
            .Where(slot => slot.Seats > 0)
            .OrderBy(slot => slot.Minutes);
        TestSilo.Must(answer).Shortfalls.ShouldBe(shortfalls);
        Count("capacity");
        return true;
    }

    private int ShortBy((string Pool, Instant Hour) slot, int capacity) => Math.Max(0, _world.Taken(slot.Pool, slot.Hour) - capacity);

    private async Task SetInModel(Dictionary<(string Pool, Instant Hour), int> wanted)
    {
        var raised = wanted.Where(slot => slot.Value > _world.CapacityAt(slot.Key.Pool, slot.Key.Hour)).Select(slot => slot.Key).ToList();
        // A shortfall that grows is an operator's act on every booking in its slot (R15).
        var grown = wanted.Where(slot => ShortBy(slot.Key, slot.Value) > ShortBy(slot.Key, _world.CapacityAt(slot.Key.Pool, slot.Key.Hour)))
            .Select(slot => slot.Key).ToList();
        foreach (var booking in _world.Bookings.Values.Where(booking => !booking.IsCancelled))
            booking.Version += grown.Exists(hour => booking.Seating.SeatsAt(hour.Pool, hour.Hour) > 0) ? 1 : 0;
        foreach (var (slot, seats) in wanted)
            _world.Capacity[slot] = seats;
        _world.Freed(raised, null);
        await Compare();
    }
}
