using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests.Model;

/// <summary>The operator's commands of a walk, and the clock.</summary>
public sealed partial class Walk
{
    private async Task SetUp()
    {
        _world.Now = silo.Clock.Now;
        foreach (var (id, zone) in new[] { ("tor", "America/Toronto"), ("nfl", "America/St_Johns"), ("kol", "Asia/Kolkata") })
        {
            _world.Pools.Add(id, DateTimeZoneProviders.Tzdb[zone]);
            await silo.Put(new Pool(PoolId.Of(id), id, DateTimeZoneProviders.Tzdb[zone], "image"));
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
            await silo.Put(new Exam
            {
                Id = ExamId.Of(exam.Id),
                Programme = exam.Programme,
                Name = exam.Id,
                Minutes = exam.Minutes,
                CheckInMinutes = exam.CheckIn,
                ResetMinutes = exam.Reset,
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
        var answer = await silo.School(school).AddPack(new(By(), programme, quantity, day));
        if (_world.Retired.Contains(("institution", school)))
        {
            TestSilo.Refusal<Refusal.Retired>(answer);
            Count("pack: retired");
            return;
        }

        var pack = TestSilo.Must(answer).Pack;
        pack.Remaining.ShouldBe(quantity);
        _world.Schools[school].Packs.Add(new() { Id = pack.Id.Value, Programme = programme, Quantity = quantity, PurchasedOn = day });
        _world.Freed([], school);
        await Compare();
        Count("pack");
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
        _world.Retired.Remove(("institution", school.Id));
        _world.Freed([], school.Id);
        await Compare();
        Count("school");
    }

    private Task PutSchool(ModelSchool school) => silo.Put(new InstitutionEntry(new()
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
        await silo.Put(new SeasonEntry(new(SeasonId.Of(season.Id), season.Id, season.From, season.To, season.LeadTime, season.Share, season.CollectUntil)));
        _world.CheckAll();
        await Compare();
    }

    private async Task ChangePolicy()
    {
        var policy = _world.Policy = new()
        {
            LeadTime = _random.Next(10, 16),
            HoldMinutes = _random.Next(5, 20),
            MaxHolds = _random.Next(1, 6),
            MaxHeldSeats = _random.Next(8, 40),
            Cutoff = _random.Next(1, 4),
            Forfeits = _random.Next(2) == 0,
            Lift = _random.Next(2, 8),
            PerProctor = _random.Next(5, 12),
            Overseen = _random.Next(0, 3),
            Horizon = _random.Next(25, 80),
        };
        await silo.Put(new PolicyEntry(new()
        {
            LeadTimeDays = policy.LeadTime,
            HorizonDays = policy.Horizon,
            HoldMinutes = policy.HoldMinutes,
            MaxHolds = policy.MaxHolds,
            MaxHeldSeats = policy.MaxHeldSeats,
            CancelCutoffDays = policy.Cutoff,
            LateCancelVouchers = policy.Forfeits ? LateVouchers.Forfeit : LateVouchers.Return,
            FairShareLiftDays = policy.Lift,
            CandidatesPerProctor = policy.PerProctor,
            OverseenSessions = policy.Overseen,
        }));
        _world.CheckAll();
        await Compare();
        Count("policy");
    }

    /// <summary>Moves the clock forward: a little, or to just before, at or just after the boundary of a day or the end of a hold.</summary>
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
        silo.Clock.Set(to);
        _world.Now = to;
        _log.Add($"clock {to}");
        foreach (var hold in lapsed)
        {
            // The seats of the hold are free from its expiry on, before the season clock has ticked.
            TestSilo.Code(await silo.School(hold.Seating.School).Confirm(new(By(), hold.Id))).ShouldBe("hold_lapsed");
        }

        await silo.Tick();
        foreach (var hold in lapsed)
            _world.Freed(Hours(hold.Seating), hold.Seating.School);
        _world.Expire();
        await silo.Check();
        _world.CheckAll();
        await Compare();
        Count("clock");
    }

    private DateTimeZone Zone() => _world.Schools[_random.GetItems([.. _world.Schools.Keys], 1)[0]].Zone;
}
