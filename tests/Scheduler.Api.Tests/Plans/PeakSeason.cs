using System.Globalization;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// Forty schools in three zones that want the same week: two pools (one of them half an hour off), standing bookings, live holds, and 400 flexible requests
/// with extra time, parts, and windows. A third pool has two more requests, which the limits of their school stop. Everything is made over HTTP and noted here
/// as the test sent it.
/// </summary>
public sealed class PeakSeason
{
    public const int Capacity = 60;
    public static readonly LocalDate Monday = new(2026, 4, 13);
    private static readonly string[] _zones = ["America/Toronto", "America/St_Johns", "America/Vancouver"];
    private static readonly (string Exam, int Minutes)[] _exams = [("short", 50), ("long", 110)];
    private readonly Random _random = new(20260413);
    private readonly ApiClient _operator;
    private readonly List<(string School, string Pool, string Mode, Instant Start, int[] Profile, int Seats)> _standing = [];

    public PeakSeason(ApiClient @operator)
    {
        _operator = @operator;
        Schools = [.. Enumerable.Range(1, 40).Select(i => new PeakSchool(
            $"school-{i:00}", DateTimeZoneProviders.Tzdb[_zones[i % 3]], 20 + (10 * (i % 4)), 1 + (i % 3), i % 8 == 0 ? 60 : 400))];
        Room = new(Schools);
    }

    public IReadOnlyList<PeakSchool> Schools { get; }

    public static IReadOnlyList<(string Id, DateTimeZone Zone)> Pools { get; } =
    [
        ("ontario", DateTimeZoneProviders.Tzdb["America/Toronto"]), ("islands", DateTimeZoneProviders.Tzdb["America/St_Johns"]),
        ("quiet", DateTimeZoneProviders.Tzdb["America/Toronto"]),
    ];

    public List<PeakAsk> Asked { get; } = [];

    /// <summary>The live holds.</summary>
    public List<(string Pool, Instant Start, int[] Profile)> Held { get; } = [];

    /// <summary>The room that the standing bookings and the live holds leave.</summary>
    public PeakRoom Room { get; }

    public static Instant From => Monday.AtStartOfDayInZone(Pools[0].Zone).ToInstant();

    public static Instant To => Monday.PlusDays(5).AtStartOfDayInZone(Pools[0].Zone).ToInstant();

    /// <summary>A second room like <see cref="Room"/> was before any placement.</summary>
    public PeakRoom Again()
    {
        var again = new PeakRoom(Schools);
        foreach (var (pool, start) in Room.Free.Keys)
            again.Open(pool, start, Capacity);
        foreach (var (school, pool, mode, start, profile, seats) in _standing)
            again.Take(school, pool, mode, start, profile, seats);
        return again;
    }

    public async Task Make()
    {
        foreach (var (id, zone) in Pools)
        {
            await Must(_operator.Put($"/pools/{id}", Json.Of(("name", id), ("zone", zone.Id), ("image", "office"))));
            var row = new { days = new[] { "mon", "tue", "wed", "thu", "fri" }, fromTime = "08:00", toTime = "18:00", seats = Capacity };
            await Must(_operator.Put($"/pools/{id}/template", Json.Of(("weekly", new[] { row }), ("from", "2026-03-01"), ("to", "2026-07-31"))));
        }

        foreach (var (id, zone) in Pools.Take(2))
            Open(id, zone);
        foreach (var (exam, minutes) in _exams)
        {
            await Must(_operator.Put($"/exams/{exam}", Json.Of(
                ("programme", "MOS"), ("name", exam), ("minutes", minutes), ("checkInMinutes", 5), ("resetMinutes", 5),
                ("pools", Pools.Select(pool => pool.Id)), ("modes", new[] { "lab", "online" }))));
        }

        foreach (var school in Schools)
        {
            await Must(_operator.Put($"/institutions/{school.Id}", Json.Of(
                ("name", school.Id), ("zone", school.Zone.Id), ("labSeats", school.LabSeats), ("proctors", school.Proctors), ("ready", true))));
            await Must(_operator.Post(
                $"/institutions/{school.Id}/packs", Json.Of(("programme", "MOS"), ("quantity", school.Vouchers), ("purchasedOn", "2026-01-15"))));
        }

        await Sit(60, "bookings");
        await Sit(6, "holds");
        for (var i = 0; i < 400; i++)
            await Ask();
        await MakeLimited();
    }

    /// <summary>
    /// In the pool that nobody else wants: a school sits there with most of its workstations at eight and of its proctors' candidates at nine, and asks for
    /// more than is left of them in these hours.
    /// </summary>
    private async Task MakeLimited()
    {
        var (pool, zone) = Pools[2];
        Open(pool, zone);
        var school = Schools[^2];
        foreach (var (mode, hour, seats) in new[] { ("lab", 8, 6), ("online", 9, 5) })
        {
            var start = Monday.At(new(hour, 0)).InZoneStrictly(zone).ToInstant();
            var taken = Room.LimitFreeAt(school.Id, mode, start) - 4;
            await Must(_operator.Post($"/institutions/{school.Id}/bookings", Json.Of(
                ("exam", "short"), ("pool", pool), ("start", Json.Text(start)), ("seats", taken), ("mode", mode))));
            Room.Take(school.Id, pool, mode, start, [taken], taken);
            _standing.Add((school.Id, pool, mode, start, [taken], taken));
            await Send("short", 0, new()
            {
                Id = "", School = school.Id, Pool = pool, Mode = mode, Seats = seats, Profile = [seats], Weight = 1, MinGroup = null, Preferred = start,
                From = Monday, To = Monday, FromTime = new(hour, 0), ToTime = new(hour + 1, 0),
            });
        }
    }

    private void Open(string pool, DateTimeZone zone)
    {
        for (var day = 0; day < 5; day++)
        {
            for (var hour = 8; hour < 18; hour++)
                Room.Open(pool, Monday.PlusDays(day).At(new(hour, 0)).InZoneStrictly(zone).ToInstant(), Capacity);
        }
    }

    /// <summary>The starts of a request at which its pool is open, by the test's own reading of the rules: R1, R2 (14 days) and the windows.</summary>
    public IEnumerable<Instant> Starts(PeakAsk ask) => Candidates(ask).Where(start => Room.Free.ContainsKey((ask.Pool, start)));

    /// <summary>All starts within the windows of a request, also those at which its pool is closed.</summary>
    public IEnumerable<Instant> Candidates(PeakAsk ask)
    {
        var zone = Schools.Single(school => school.Id == ask.School).Zone;
        var midnight = Monday.AtStartOfDayInZone(Pools.Single(pool => pool.Id == ask.Pool).Zone).ToInstant();
        for (var start = midnight - Duration.FromHours(6); start < midnight + Duration.FromHours(126); start += Duration.FromHours(1))
        {
            var end = start + Duration.FromHours(ask.Profile.Length);
            var (first, last) = (start.InZone(zone).LocalDateTime, end.InZone(zone).LocalDateTime);
            if (From <= start && start < To && first.Date >= ask.From && first.Date <= ask.To && first.TimeOfDay >= ask.FromTime && last.Date == first.Date
                && last.TimeOfDay <= ask.ToTime)
                yield return start;
        }
    }

    private async Task Sit(int count, string kind)
    {
        for (var made = 0; made < count;)
        {
            var school = Schools[_random.Next(Schools.Count)];
            var (exam, minutes) = _exams[_random.Next(2)];
            var (pool, start) = Room.Free.Keys.ElementAt(_random.Next(Room.Free.Count));
            var (seats, mode) = (_random.Next(4, 16), _random.Next(3) == 0 ? "online" : "lab");
            int[] profile = minutes < 60 ? [seats] : [seats, seats];
            if (Room.Fault(school.Id, pool, mode, start, profile, seats) is not null)
                continue;
            await Must(_operator.Post($"/institutions/{school.Id}/{kind}", Json.Of(
                ("exam", exam), ("pool", pool), ("start", Json.Text(start)), ("seats", seats), ("mode", mode))));
            Room.Take(school.Id, pool, mode, start, profile, seats);
            _standing.Add((school.Id, pool, mode, start, profile, seats));
            if (kind == "holds")
                Held.Add((pool, start, profile));
            made++;
        }
    }

    private async Task Ask()
    {
        var school = Schools[_random.Next(Schools.Count)];
        var (exam, minutes) = _exams[_random.Next(2)];
        var pool = Pools[_random.Next(2)];
        var mode = _random.Next(3) == 0 ? "online" : "lab";
        var seats = _random.Next(5, Math.Min(31, mode == "lab" ? school.LabSeats + 1 : 21));
        var extra = _random.Next(4) == 0 ? 2 : 0;
        var day = Monday.PlusDays(_random.Next(5));
        // Of four requests two ask for a morning or an afternoon of one day, one for two days, one for the whole week.
        var (from, to, fromHour, toHour) = _random.Next(4) switch
        {
            0 => (day, day, 8, 13),
            1 => (day, day, 12, 18),
            2 => (day, LocalDate.Min(day.PlusDays(1), Monday.PlusDays(4)), 8, 18),
            _ => (Monday, Monday.PlusDays(4), 9, 16),
        };
        var hours = minutes < 60 ? 1 : 2;
        int[] profile = [.. Enumerable.Repeat(seats, hours), .. extra > 0 ? [extra] : Array.Empty<int>()];
        // A whole hour of the pool, inside the window of the school's zone.
        var preferred = new Domain.SlotGrid(pool.Zone).FirstAtOrAfter(day.At(new(fromHour + _random.Next(4), 0)).InZoneLeniently(school.Zone).ToInstant());
        int? minGroup = seats >= 20 && _random.Next(4) == 0 ? 10 : null;
        var weight = _random.Next(10) == 0 ? 3 : 1;
        await Send(exam, extra, new()
        {
            Id = "", School = school.Id, Pool = pool.Id, Mode = mode, Seats = seats, Profile = profile, Weight = weight, MinGroup = minGroup,
            Preferred = preferred, From = from, To = to, FromTime = new(fromHour, 0), ToTime = new(toHour, 0),
        });
    }

    /// <summary>Sends a request, of which <paramref name="extra"/> candidates have half as much time again, and notes it with its id.</summary>
    private async Task Send(string exam, int extra, PeakAsk ask)
    {
        var accommodations = extra > 0 ? new[] { new { candidates = extra, extraTimePercent = 50 } } : [];
        var sent = await Must(_operator.Post($"/institutions/{ask.School}/requests", Json.Of(
            ("exam", exam), ("pool", ask.Pool), ("seats", ask.Seats), ("mode", ask.Mode), ("accommodations", accommodations),
            ("preferredStart", Json.Text(ask.Preferred)),
            ("windows", new[]
            {
                new
                {
                    from = Text(ask.From), to = Text(ask.To), days = (string[]?)null, fromTime = $"{ask.FromTime.Hour:00}:00",
                    toTime = $"{ask.ToTime.Hour:00}:00",
                },
            }),
            ("weight", ask.Weight), ("minGroup", ask.MinGroup))));
        Asked.Add(ask with { Id = sent.Member("id") });
        sent.Number("candidates").ShouldBeGreaterThanOrEqualTo(Starts(Asked[^1]).Count());
    }

    private static string Text(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static async Task<Reply> Must(Task<Reply> call)
    {
        var reply = await call;
        reply.Status.ShouldBeInRange(200, 299, reply.Text);
        return reply;
    }
}
