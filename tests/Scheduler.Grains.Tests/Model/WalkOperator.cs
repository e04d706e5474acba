using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests.Model;

/// <summary>What the operator does in a walk, and the clock.</summary>
public sealed partial class Walk
{
    private static readonly ImmutableArray<IsoDayOfWeek> _allDays = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    private async Task Furnish()
    {
        _world.Now = house.Clock.Now;
        foreach (var (id, zone) in new[] { ("tor", "America/Toronto"), ("nfl", "America/St_Johns"), ("kol", "Asia/Kolkata") })
        {
            _world.Pools.Add(id, DateTimeZoneProviders.Tzdb[zone]);
            await house.Put(new Pool(PoolId.Of(id), id, DateTimeZoneProviders.Tzdb[zone], "image"));
            await SetTemplate(id, World.Day(_world.Now, _world.Pools[id]), World.Day(_world.Now, _world.Pools[id]).PlusDays(150), 7, 20, 8, false);
        }

        foreach (var exam in new[]
        {
            new ModelExam("short", "MOS", 50, 5, 5, ["tor", "nfl", "kol"], true, true),
            new ModelExam("long", "MOS", 90, 10, 10, ["tor", "nfl"], true, true),
            new ModelExam("home", "ACP", 100, 10, 10, ["tor", "kol"], false, true),
        })
        {
            _world.Exams.Add(exam.Id, exam);
            await house.Put(new Exam
            {
                Id = ExamId.Of(exam.Id), Programme = exam.Programme, Name = exam.Id, Minutes = exam.Minutes, CheckInMinutes = exam.CheckIn, ResetMinutes = exam.Reset,
                Pools = [.. exam.Pools.Select(PoolId.Of)],
                Modes = exam.Lab ? [DeliveryMode.Lab, DeliveryMode.Online] : [DeliveryMode.Online],
            });
        }

        foreach (var (id, zone) in new[] { ("a", "America/Toronto"), ("b", "America/St_Johns"), ("c", "America/Vancouver"), ("d", "Asia/Kathmandu") })
        {
            _world.Schools.Add(id, new() { Id = id, Zone = DateTimeZoneProviders.Tzdb[zone], LabSeats = 10, Proctors = 1 });
            await PutSchool(_world.Schools[id]);
            await Buy(id, "MOS", 60);
            await Buy(id, "ACP", 20);
        }

        var from = World.Day(_world.Now, DateTimeZone.Utc).PlusDays(20);
        await PutSeason(new("peak", from, from.PlusDays(25), 17, 0.5m, null));
    }

    private async Task AddPack()
    {
        var school = _random.GetItems([.. _world.Schools.Keys], 1)[0];
        await Buy(school, _random.Next(2) == 0 ? "MOS" : "ACP", _random.Next(5, 30));
    }

    private async Task Buy(string school, string programme, int quantity)
    {
        var day = World.Day(_world.Now, DateTimeZone.Utc).PlusDays(_random.Next(4) switch { 0 => 15, 1 => -340, _ => 0 });
        var answer = House.Must(await house.School(school).AddPack(new(By(), programme, quantity, day)));
        House.Member(answer, "remaining").GetInt32().ShouldBe(quantity);
        _world.Schools[school].Packs.Add(new() { Id = House.Id(answer), Programme = programme, Quantity = quantity, PurchasedOn = day });
        _world.Freed([], school);
        await Compare();
        Count("pack");
    }

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

        var answer = await house.Operator.SetException(new(By(), pool, from, to, seats, force, null));
        if (!Lowers(wanted, force, answer))
            return;
        answer.Status.ShouldBe(seats is null && !force ? 204 : 200);
        for (var hour = from; hour < to; hour += Duration.FromHours(1))
        {
            if (seats is { } fixedSeats)
                _exceptions[(pool, hour)] = fixedSeats;
            else
                _exceptions.Remove((pool, hour));
        }

        await Took(wanted);
    }

    private async Task Template()
    {
        var pool = _random.GetItems([.. _world.Pools.Keys], 1)[0];
        var from = World.Day(_world.Now, _world.Pools[pool]).PlusDays(_random.Next(8, 30));
        await SetTemplate(pool, from, from.PlusDays(_random.Next(0, 5)), _random.Next(6, 10), _random.Next(12, 22), _random.Next(4, 14), _random.Next(2) == 0);
    }

    private readonly Dictionary<(string Pool, LocalDate Day), (int From, int To, int Seats)> _templates = [];
    private readonly Dictionary<(string Pool, Instant Hour), int> _exceptions = [];

    private int FromTemplate(string pool, Instant hour)
    {
        var local = hour.InZone(_world.Pools[pool]).LocalDateTime;
        return _templates.TryGetValue((pool, local.Date), out var row) && row.From <= local.Hour && local.Hour < row.To ? row.Seats : 0;
    }

    private async Task SetTemplate(string pool, LocalDate from, LocalDate to, int fromHour, int toHour, int seats, bool force)
    {
        var old = new Dictionary<(string, LocalDate), (int, int, int)>(_templates);
        for (var day = from; day <= to; day = day.PlusDays(1))
            _templates[(pool, day)] = (fromHour, toHour, seats);
        Dictionary<(string, Instant), int> wanted = [];
        for (var hour = from.AtStartOfDayInZone(_world.Pools[pool]).ToInstant(); hour < to.PlusDays(1).AtStartOfDayInZone(_world.Pools[pool]).ToInstant(); hour += Duration.FromMinutes(30))
        {
            if (hour > _world.Now && _world.IsStart(pool, hour))
                wanted[(pool, hour)] = _exceptions.TryGetValue((pool, hour), out var fixedSeats) ? fixedSeats : FromTemplate(pool, hour);
        }

        var week = new WeeklyRow(_allDays, new LocalTime(fromHour, 0), toHour, seats);
        var answer = await house.Operator.SetTemplate(new(By(), pool, new(from, to, [week]), force, null));
        if (Lowers(wanted, force, answer))
        {
            await Took(wanted);
            return;
        }

        _templates.Clear();
        foreach (var (key, row) in old)
            _templates[key] = row;
    }

    /// <summary>Whether capacities were taken on: refused they are when they fall below what is taken, naming who sits there; forced, the excess is told.</summary>
    private bool Lowers(Dictionary<(string Pool, Instant Hour), int> wanted, bool force, Answer answer)
    {
        var below = wanted.Where(slot => slot.Value < _world.CapacityAt(slot.Key.Pool, slot.Key.Hour) && slot.Value < _world.Taken(slot.Key.Pool, slot.Key.Hour))
            .Select(slot => slot.Key).ToHashSet();
        if (!force && below.Count > 0)
        {
            House.Code(answer).ShouldBe("capacity_below_booked");
            bool Sits(Seating seating) => below.Any(hour => seating.SeatsAt(hour.Pool, hour.Hour) > 0);
            var bookings = _world.Bookings.Values.Where(booking => !booking.IsCancelled && Sits(booking.Seating)).Select(booking => booking.Id);
            var holds = _world.Holds.Values.Where(hold => _world.IsLive(hold) && Sits(hold.Seating)).Select(hold => hold.Id);
            House.Member(answer, "bookings").EnumerateArray().Select(id => id.GetGuid()).ShouldBe(bookings, ignoreOrder: true);
            House.Member(answer, "holds").EnumerateArray().Select(id => id.GetGuid()).ShouldBe(holds, ignoreOrder: true);
            Count("capacity capacity_below_booked");
            return false;
        }

        House.Must(answer);
        if (answer.Status == 200)
        {
            var over = wanted.Select(slot => (slot.Key.Hour, Seats: _world.Taken(slot.Key.Pool, slot.Key.Hour) - slot.Value)).Where(slot => slot.Seats > 0)
                .OrderBy(slot => slot.Hour).Select(slot => $"{slot.Hour} {slot.Seats}");
            House.Member(answer, "shortfall").EnumerateArray().Select(slot => $"{slot.GetProperty("start").GetString()} {slot.GetProperty("seats").GetInt32()}").ShouldBe(over);
        }

        Count("capacity");
        return true;
    }

    private async Task Took(Dictionary<(string Pool, Instant Hour), int> wanted)
    {
        var raised = wanted.Where(slot => slot.Value > _world.CapacityAt(slot.Key.Pool, slot.Key.Hour)).Select(slot => slot.Key).ToList();
        foreach (var (slot, seats) in wanted)
            _world.Capacity[slot] = seats;
        _world.Freed(raised, null);
        await Compare();
    }

    private async Task ChangeSchool()
    {
        var school = _world.Schools[_random.GetItems([.. _world.Schools.Keys], 1)[0]];
        school.LabSeats = _random.Next(4, 16);
        school.Proctors = _random.Next(0, 3);
        school.Agreement = _random.Next(8) > 0;
        school.ItLab = _random.Next(8) > 0;
        school.ShortNotice = _random.Next(3) == 0 ? _random.Next(3, 12) : null;
        await PutSchool(school);
        _world.Freed([], school.Id);
        await Compare();
        Count("school");
    }

    private Task PutSchool(ModelSchool school) => house.Put(new InstitutionEntry(new()
    {
        Id = InstitutionId.Of(school.Id),
        Name = school.Id,
        Zone = school.Zone,
        LabSeats = school.LabSeats,
        Proctors = school.Proctors,
        Onboarding = Onboarding.Purchase | Onboarding.ItOnline | (school.Agreement ? Onboarding.Agreement : 0) | (school.ItLab ? Onboarding.ItLab : 0),
        ShortNoticeDays = school.ShortNotice,
    }));

    private async Task ChangeSeason()
    {
        var from = World.Day(_world.Now, DateTimeZone.Utc).PlusDays(_random.Next(5, 25));
        await PutSeason(new(
            _random.Next(2) == 0 ? "peak" : "other", from, from.PlusDays(_random.Next(0, 15)), _random.Next(5, 23), _random.Next(1, 9) / 8m,
            _random.Next(4) == 0 ? _world.Now + Duration.FromHours(_random.Next(1, 40)) : null));
        Count("season");
    }

    private async Task PutSeason(ModelSeason season)
    {
        _world.Seasons[season.Id] = season;
        await house.Put(new SeasonEntry(new(SeasonId.Of(season.Id), season.Id, season.From, season.To, season.LeadTime, season.Share, season.CollectUntil)));
        _world.CheckAll();
        await Compare();
    }

    private async Task ChangePolicy()
    {
        var policy = _world.Policy = new()
        {
            LeadTime = _random.Next(10, 16), HoldMinutes = _random.Next(5, 20), MaxHolds = _random.Next(1, 6), MaxHeldSeats = _random.Next(8, 40), Cutoff = _random.Next(1, 4),
            Forfeits = _random.Next(2) == 0, Lift = _random.Next(2, 8), PerProctor = _random.Next(5, 12), Overseen = _random.Next(0, 3), Horizon = _random.Next(25, 80),
        };
        await house.Put(new PolicyEntry(new()
        {
            LeadTimeDays = policy.LeadTime, HorizonDays = policy.Horizon, HoldMinutes = policy.HoldMinutes, MaxHolds = policy.MaxHolds, MaxHeldSeats = policy.MaxHeldSeats,
            CancelCutoffDays = policy.Cutoff, LateCancelVouchers = policy.Forfeits ? LateVouchers.Forfeit : LateVouchers.Return, FairShareLiftDays = policy.Lift,
            CandidatesPerProctor = policy.PerProctor, OverseenSessions = policy.Overseen,
        }));
        _world.CheckAll();
        await Compare();
        Count("policy");
    }

    /// <summary>Forward: a little, or to just before, at or just after the boundary of a day or a hold.</summary>
    private async Task Clock()
    {
        var to = _world.Now + Duration.FromMinutes(_random.Next(1, 15));
        var dice = _random.Next(10);
        if (dice < 4 && _world.Holds.Values.Where(_world.IsLive).ToList() is { Count: > 0 } live)
            to = live.Min(hold => hold.ExpiresAt) + Duration.FromTicks(_random.Next(-1, 2));
        else if (dice < 6)
            to = World.Day(_world.Now, Zone()).PlusDays(1).AtStartOfDayInZone(Zone()).ToInstant() + Duration.FromSeconds(_random.Next(-1, 2));
        else if (dice == 6)
            to = _world.Now + Duration.FromHours(_random.Next(1, 30));
        if (to <= _world.Now)
            return;
        var lapsed = _world.Holds.Values.Where(hold => _world.IsLive(hold) && hold.ExpiresAt <= to).OrderBy(hold => hold.ExpiresAt).ToList();
        house.Clock.Set(to);
        _world.Now = to;
        _log.Add($"clock {to}");
        foreach (var hold in lapsed)
        {
            // At its instant it is free, whoever looks, before any clockwork has run.
            House.Code(await house.School(hold.Seating.School).Confirm(new(By(), hold.Id))).ShouldBe("hold_lapsed");
        }

        await house.Tick();
        foreach (var hold in lapsed)
            _world.Freed(Hours(hold.Seating), hold.Seating.School);
        _world.Expire();
        await house.Check();
        _world.CheckAll();
        await Compare();
        Count("clock");
    }

    private DateTimeZone Zone() => _world.Schools[_random.GetItems([.. _world.Schools.Keys], 1)[0]].Zone;
}
