using FsCheck;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R1: slots start at whole hours of the pool's own clock and are 60 minutes long. There is a gap between two slots only where the clock leaves one.
/// </summary>
public sealed class R01_Time
{
    private static readonly Duration _hour = Duration.FromHours(1);

    [Fact]
    public void R01_in_every_zone_around_every_clock_change_the_grid_is_what_a_walk_by_quarter_hours_finds()
    {
        var changes = 0;
        foreach (var (zone, instants) in AllZones.Changes())
        {
            var grid = new SlotGrid(zone);
            foreach (var change in instants)
            {
                changes++;
                var walk = QuarterHours.Around(zone, change, 2, 2);
                var wanted = new List<Instant>();
                for (var i = 0; i < walk.Local.Length; i++)
                {
                    if (walk.IsWholeHour(i))
                        wanted.Add(walk.At(i));
                    if (grid.IsStart(walk.At(i)) != walk.IsWholeHour(i))
                        Assert.Fail($"{zone.Id} {walk.At(i)}: {(walk.IsWholeHour(i) ? "is a start" : "is none")}");
                }

                grid.Starts(walk.At(0), walk.At(walk.Local.Length - 1) + Duration.FromSeconds(1)).ShouldBe(wanted, zone.Id);
                BlocksAndNextStarts(grid, walk);
            }
        }

        changes.ShouldBeGreaterThan(8_000);
    }

    /// <summary>
    /// Between two clock changes the offset is constant, and starts are 60 minutes apart. So this test shows that no two slots of a pool overlap from 2020 to
    /// 2040.
    /// </summary>
    [Fact]
    public void R01_no_clock_change_brings_two_starts_of_a_pool_closer_than_an_hour()
    {
        var gaps = new SortedSet<string>();
        foreach (var (zone, instants) in AllZones.Changes())
        {
            foreach (var change in instants)
            {
                var starts = new SlotGrid(zone).Starts(change - Duration.FromHours(5), change + Duration.FromHours(5)).ToList();
                for (var k = 1; k < starts.Count; k++)
                {
                    (starts[k] - starts[k - 1]).ShouldBeGreaterThanOrEqualTo(_hour, $"{zone.Id} {starts[k]}");
                    if (starts[k] - starts[k - 1] > _hour)
                        gaps.Add(zone.Id);
                }
            }
        }

        gaps.ShouldBe(["Australia/LHI", "Australia/Lord_Howe"]);
    }

    [Fact]
    public void R01_slots_of_every_local_day_around_a_clock_change_tile_it()
    {
        foreach (var (zone, instants) in AllZones.Changes())
        {
            var grid = new SlotGrid(zone);
            foreach (var change in instants)
            {
                var walk = QuarterHours.Around(zone, change, 2, 2);
                var day = walk.DayAt(change);
                for (var d = day - 1; d <= day + 1; d++)
                {
                    var wanted = Enumerable.Range(0, walk.Local.Length).Where(i => walk.DayAt(i) == d && walk.IsWholeHour(i)).Select(walk.At);
                    grid.StartsOn(new LocalDate(1970, 1, 1).PlusDays((int)d)).ShouldBe(wanted, $"{zone.Id} {change}");
                }
            }
        }
    }

    [Fact]
    public void R01_a_pool_for_Newfoundland_starts_at_half_past_UTC()
    {
        var grid = Grid("America/St_Johns");
        grid.IsStart(Instant.FromUtc(2027, 3, 1, 13, 30)).ShouldBeTrue();
        grid.IsStart(Instant.FromUtc(2027, 3, 1, 13, 0)).ShouldBeFalse();
        grid.FirstAtOrAfter(Instant.FromUtc(2027, 3, 1, 13, 30) + Duration.FromNanoseconds(1)).ShouldBe(Instant.FromUtc(2027, 3, 1, 14, 30));
        foreach (var off in new[] { Duration.FromSeconds(1), Duration.FromSeconds(-1), Duration.FromTicks(1), Duration.FromTicks(-1), Duration.FromMinutes(1) })
            grid.IsStart(Instant.FromUtc(2027, 3, 1, 13, 30) + off).ShouldBeFalse(off.ToString());
        Grid("Asia/Kathmandu").IsStart(Instant.FromUtc(2027, 3, 1, 4, 15)).ShouldBeTrue();
    }

    [Fact]
    public void R01_when_the_clocks_go_back_there_are_two_slots_at_one_oclock_with_different_instants()
    {
        var grid = Grid("America/Toronto");
        var both = grid.Map(new LocalDateTime(2026, 11, 1, 1, 0));
        both.ShouldBe([Instant.FromUtc(2026, 11, 1, 5, 0), Instant.FromUtc(2026, 11, 1, 6, 0)]);
        grid.StartsOn(new(2026, 11, 1)).Count().ShouldBe(25);
        grid.IsBlock(both[0], 3).ShouldBeTrue();
    }

    [Fact]
    public void R01_when_the_clocks_go_forward_the_missing_hour_has_no_slot_and_blocks_may_span_it()
    {
        var grid = Grid("America/Toronto");
        grid.Map(new LocalDateTime(2027, 3, 14, 2, 0)).ShouldBeEmpty();
        grid.StartsOn(new(2027, 3, 14)).Count().ShouldBe(23);
        grid.IsBlock(Instant.FromUtc(2027, 3, 14, 6, 0), 2).ShouldBeTrue();
    }

    [Fact]
    public void R01_a_block_cannot_cross_the_gap_that_Lord_Howes_half_hour_leaves()
    {
        var grid = Grid("Australia/Lord_Howe");

        // 4 April 2027, 02:00 (+11) becomes 01:30 (+10:30): from 01:00 it is 90 minutes to 02:00.
        var before = Instant.FromUtc(2027, 4, 3, 14, 0);
        grid.Starts(before, before + Duration.FromHours(3)).ShouldBe([before, before + Duration.FromMinutes(90), before + Duration.FromMinutes(150)]);
        grid.IsBlock(before, 1).ShouldBeTrue();
        grid.IsBlock(before, 2).ShouldBeFalse();
        grid.IsBlock(before - _hour, 2).ShouldBeTrue();
        grid.IsBlock(before - _hour, 3).ShouldBeFalse();
        grid.IsBlock(before + Duration.FromMinutes(90), 2).ShouldBeTrue();
    }

    [Fact]
    public void R01_the_refusal_of_a_start_names_the_next_start_of_a_whole_block()
    {
        var zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"];
        var basis = Scene.Basis
            .With(new Pool(Scene.PoolId, "Lord Howe", zone, "office"))
            .With(Scene.Exam with { Minutes = 100 });
        var gap = Instant.FromUtc(2027, 4, 3, 14, 0);
        var refusal = Scene.Refused<Refusal.NotOnSlot>(BookingRules.Decide(Scene.Wish with { Start = gap }, basis, WishKind.Booking));
        refusal.NextStart.ShouldBe(gap + Duration.FromMinutes(90));
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = gap - _hour }, basis, WishKind.Booking)).ShouldBe("accepted");
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = gap - Duration.FromTicks(1) }, basis, WishKind.Booking)).ShouldBe("not_on_slot");
    }

    /// <summary>Bug: the decision on a start in the last hours of the calendar threw an exception instead of refusing.</summary>
    [Theory]
    [InlineData("9999-12-31T23:59:59Z", "not_on_slot")]
    [InlineData("9999-12-31T23:00:00Z", "not_on_slot")]
    [InlineData("9999-01-01T00:00:00Z", "horizon")]
    [InlineData("6500-01-01T00:00:00Z", "horizon")]
    [InlineData("0001-01-01T00:00:00Z", "not_on_slot")]
    [InlineData("1970-01-01T00:00:00Z", "past")]
    [InlineData("-9998-01-01T00:00:00Z", "not_on_slot")]
    public void R01_instants_at_the_ends_of_the_calendar_are_refused_without_an_exception(string start, string code)
    {
        var instant = NodaTime.Text.InstantPattern.ExtendedIso.Parse(start).Value;
        foreach (var zone in new[] { "UTC", "Pacific/Kiritimati", "America/Toronto", "Asia/Kathmandu" })
        {
            var basis = Scene.Basis.With(new Pool(Scene.PoolId, "P", DateTimeZoneProviders.Tzdb[zone], "office"));
            var decided = Scene.Code(BookingRules.Decide(Scene.Wish with { Start = instant }, basis, WishKind.Booking));
            if (zone == "UTC")
                decided.ShouldBe(code);
            decided.ShouldNotBe("accepted");
            new SlotGrid(DateTimeZoneProviders.Tzdb[zone]).Starts(instant, Instant.MaxValue).Take(30).ToList().Count.ShouldBeLessThanOrEqualTo(30);
        }
    }

    [Fact]
    public void R01_a_slots_minutes_are_its_instant_and_order_by_pool_then_time()
    {
        var start = Instant.FromUtc(2027, 3, 1, 13, 30);
        SlotMinutes.Of(start).ShouldBe(30_065_130);
        SlotMinutes.ToInstant(30_065_130).ShouldBe(start);
        SlotMinutes.Of(Instant.FromUnixTimeSeconds(-1)).ShouldBe(-1);
        var slots = new[] { new SlotHour(PoolId.Of("b"), 60), new SlotHour(PoolId.Of("a"), 120), new SlotHour(PoolId.Of("a"), 60) };
        slots.Order().ShouldBe([slots[2], slots[1], slots[0]]);
    }

    /// <summary>Bug: a copy of a pool with another zone kept the grid of the old zone, and two equal pools were unequal.</summary>
    [Fact]
    public void R01_a_pools_grid_follows_its_zone()
    {
        var pool = new Pool(Scene.PoolId, "P", Scene.Toronto, "office");
        pool.Grid.Zone.ShouldBe(Scene.Toronto);
        var moved = pool with { Zone = DateTimeZoneProviders.Tzdb["America/St_Johns"] };
        moved.Grid.IsStart(Instant.FromUtc(2027, 3, 1, 13, 30)).ShouldBeTrue();
        pool.ShouldBe(new(Scene.PoolId, "P", Scene.Toronto, "office"));
        moved.ShouldNotBe(pool);
    }

    [Property(Arbitrary = [typeof(Generators)])]
    public bool R01_the_first_start_at_or_after_an_instant_is_a_start_with_none_between(DateTimeZone zone, Instant instant)
    {
        var grid = new SlotGrid(zone);
        var first = grid.FirstAtOrAfter(instant);
        return first >= instant && first - instant < Duration.FromMinutes(90) && grid.IsStart(first) && !grid.Starts(instant, first).Any();
    }

    private static SlotGrid Grid(string zone) => new(DateTimeZoneProviders.Tzdb[zone]);

    /// <summary>At every quarter hour: a block is a run of whole hours, and the next start is the next whole hour of the walk.</summary>
    private static void BlocksAndNextStarts(SlotGrid grid, QuarterHours walk)
    {
        var next = -1;
        for (var i = walk.Local.Length - 1 - 8; i >= 0; i--)
        {
            if (walk.IsWholeHour(i))
                next = i;
            if (next >= 0 && grid.FirstAtOrAfter(walk.At(i)) != walk.At(next))
                Assert.Fail($"{grid.Zone.Id} {walk.At(i)}: the next start is {walk.At(next)}");
            var runs = true;
            for (var slots = 1; slots <= 3; slots++)
            {
                runs &= walk.IsWholeHour(i + ((slots - 1) * 4));
                if (grid.IsBlock(walk.At(i), slots) != runs)
                    Assert.Fail($"{grid.Zone.Id} {walk.At(i)}: a block of {slots} is {(runs ? "one" : "none")}");
            }
        }
    }
}
