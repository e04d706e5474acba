using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R1: a local start means the instants at which the zone's clock shows it: one, two, or none.</summary>
public sealed class R01_LocalStarts
{
    /// <summary>The clock is read at every quarter hour around a change, and every local quarter hour of the day is looked up in these readings.</summary>
    [Fact]
    public void R01_in_every_zone_around_every_clock_change_a_local_start_means_what_a_walk_by_quarter_hours_finds()
    {
        var (twice, skipped) = (0, 0);
        foreach (var (zone, instants) in AllZones.Changes())
        {
            foreach (var change in instants)
            {
                var walk = QuarterHours.Around(zone, change, 2, 2);
                var shown = Enumerable.Range(0, walk.Local.Length).ToLookup(i => walk.Local[i], walk.At);
                for (var local = walk.Local[96]; local < walk.Local[^97]; local += 900)
                {
                    var start = LocalStart.In(zone, LocalTime(local));
                    Assert.True(Instants(start).SequenceEqual(shown[local]), $"{zone.Id} {LocalTime(local)}: {start}");
                    twice += start is LocalStart.Twice ? 1 : 0;
                    skipped += start is LocalStart.Skipped ? 1 : 0;
                    if (start is LocalStart.Skipped(var resumes))
                        Assert.True(Clock(zone, resumes) > local && Clock(zone, resumes - Duration.FromSeconds(1)) < local, $"{zone.Id} {start}");
                }
            }
        }

        twice.ShouldBeGreaterThan(10_000);
        skipped.ShouldBeGreaterThan(10_000);
    }

    [Property(Arbitrary = [typeof(Generators)])]
    public bool R01_what_a_clock_shows_at_an_instant_means_that_instant_again(DateTimeZone zone, Instant instant) =>
        Instants(LocalStart.In(zone, LocalStart.Shown(zone, instant))).Contains(instant);

    [Fact]
    public void R01_an_hour_that_comes_twice_means_two_instants_and_a_skipped_one_names_when_the_clock_resumes()
    {
        LocalStart.In(Scene.Toronto, new(2026, 11, 1, 1, 0))
            .ShouldBe(new LocalStart.Twice(Instant.FromUtc(2026, 11, 1, 5, 0), Instant.FromUtc(2026, 11, 1, 6, 0)));
        LocalStart.In(Scene.Toronto, new(2027, 3, 14, 2, 0)).ShouldBe(new LocalStart.Skipped(Instant.FromUtc(2027, 3, 14, 7, 0)));
        LocalStart.In(Scene.Toronto, new(2026, 12, 7, 9, 0)).ShouldBe(new LocalStart.Single(Instant.FromUtc(2026, 12, 7, 14, 0)));

        // 3 October 2027 at Lord Howe: 02:00 (+10:30) becomes 02:30 (+11), so half an hour is skipped. In April the half hour before 02:00 comes twice.
        var lordHowe = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"];
        LocalStart.In(lordHowe, new(2027, 10, 3, 2, 0)).ShouldBe(new LocalStart.Skipped(Instant.FromUtc(2027, 10, 2, 15, 30)));
        LocalStart.In(lordHowe, new(2027, 4, 4, 1, 30))
            .ShouldBe(new LocalStart.Twice(Instant.FromUtc(2027, 4, 3, 14, 30), Instant.FromUtc(2027, 4, 3, 15, 0)));
    }

    [Fact]
    public void R01_the_refusal_of_a_skipped_hour_names_the_first_block_after_it()
    {
        var resumes = Instant.FromUtc(2027, 3, 14, 7, 0);
        var wish = Scene.Wish with { Start = resumes, IsSkippedHour = true };
        Scene.Refused<Refusal.NotOnSlot>(BookingRules.Decide(wish, Scene.Basis, WishKind.Booking)).NextStart.ShouldBe(resumes);
        Scene.Refused<Refusal.NotOnSlot>(BookingRules.Decide(wish, Scene.Basis, WishKind.Hold)).NextStart.ShouldBe(resumes);
        BookingRules.Join(wish, Scene.Basis, out _).ShouldBe(new Refusal.NotOnSlot(resumes));
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        Scene.Refused<Refusal.NotOnSlot>(BookingRules.Reschedule(booking, resumes, null, Scene.Basis, isSkippedHour: true)).NextStart.ShouldBe(resumes);
        Scene.Code(BookingRules.Reschedule(booking, resumes, "agreed", Scene.Basis)).ShouldBe("accepted");
    }

    private static IEnumerable<Instant> Instants(LocalStart start) => start switch
    {
        LocalStart.Single single => [single.Start],
        LocalStart.Twice both => [both.Earlier, both.Later],
        _ => [],
    };

    /// <summary>What the zone's clock shows, in seconds since 1970-01-01 local.</summary>
    private static long Clock(DateTimeZone zone, Instant instant) => instant.ToUnixTimeSeconds() + zone.GetUtcOffset(instant).Seconds;

    private static LocalDateTime LocalTime(long seconds) => new LocalDateTime(1970, 1, 1, 0, 0).PlusSeconds(seconds);
}
