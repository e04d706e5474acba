using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// R2 through HTTP against a calendar that shares no code with ours: local dates are told from the zone's raw offset at the instant alone. The clock is put one
/// second before, at and after local midnights, near clock changes too.
/// </summary>
public sealed class R02_LeadTime(ApiFixture api) : IClassFixture<ApiFixture>
{
    public static TheoryData<string> Zones => new(
        "America/St_Johns", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham",
        "Africa/Casablanca", "America/Toronto",
        "Europe/London", "Asia/Tehran", "Antarctica/Troll", "Pacific/Marquesas");

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task R02_agrees_with_an_independent_calendar_at_every_boundary(string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var school = "zone-" + zoneId.ToLowerInvariant().Replace('/', '-');
        await SmallPool.School(api.Operator, school, null, zoneId, 100_000);
        (await api.Operator.Put($"/seasons/{school}", Json.Of(("name", "s"), ("from", "2026-05-10"), ("to", "2026-05-12"), ("leadTimeDays", 21)))).Must(200);
        var who = await api.NewCaller("viewer", school);
        try
        {
            // Midnights of March and April 2026: clock changes of both hemispheres lie among them.
            foreach (var day in new[] { 8, 28, 29, 36 })
            {
                var midnight = Midnight(zone, new LocalDate(2026, 3, 1).PlusDays(day));
                foreach (var now in new[] { midnight - Duration.FromSeconds(1), midnight, midnight + Duration.FromSeconds(1) })
                {
                    api.Clock.Set(now);
                    await Compare(who, zone, now, 12, 16);
                }
            }

            foreach (var before in new[] { 20, 21, 22 })
            {
                api.Clock.Set(Midnight(zone, new LocalDate(2026, 5, 10).PlusDays(-before)) + Duration.FromSeconds(1));
                await Compare(who, zone, api.Clock.Now, 13, 24);
            }
        }
        finally
        {
            api.Clock.Set(TestApi.Start);
        }
    }

    private static async Task Compare(ApiClient who, DateTimeZone zone, Instant now, int fromDays, int toDays)
    {
        var from = now + Duration.FromDays(fromDays);
        var to = now + Duration.FromDays(toDays);
        var slots = (await who.Get($"/availability?pool=p&from={Json.Text(Whole(from))}&to={Json.Text(Whole(to))}")).Must(200).Root.GetProperty("slots");
        foreach (var slot in slots.EnumerateArray())
        {
            var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse(slot.GetProperty("start").GetString()!).Value;
            var examDay = Date(zone, start);
            var given = (int)(examDay - Date(zone, now));
            var needed = examDay >= DayNumber(2026, 5, 10) && examDay <= DayNumber(2026, 5, 12) ? 21 : 14;
            slot.GetProperty("reason").GetString().ShouldBe(given >= needed
                ? null : "lead_time", $"{zone.Id}: now {now}, start {start}, {given} of {needed} days");
        }
    }

    private static Instant Whole(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    /// <summary>Days since 1970 on the zone's wall clock.</summary>
    private static long Date(DateTimeZone zone, Instant instant) =>
        (long)Math.Floor((instant.ToUnixTimeSeconds() + zone.GetUtcOffset(instant).Seconds) / 86_400.0);

    private static long DayNumber(int year, int month, int day) => (long)(new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber);

    /// <summary>The first second of a local date, found by walking from the day before.</summary>
    private static Instant Midnight(DateTimeZone zone, LocalDate date)
    {
        var day = DayNumber(date.Year, date.Month, date.Day);
        var instant = Instant.FromUnixTimeSeconds((day - 1) * 86_400);
        while (Date(zone, instant) < day)
            instant += Duration.FromMinutes(15);
        return instant;
    }
}
