using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R11: which night is due, for every zone and across clock changes, and what the plan of a night decides.</summary>
public sealed class R11_NightlyPlans
{
    private static readonly DateTimeZone _toronto = DateTimeZoneProviders.Tzdb["America/Toronto"];

    [Property(Arbitrary = [typeof(Generators)])]
    public void R11_the_night_that_is_due_is_the_last_one_whose_time_has_come(DateTimeZone zone, Instant now, ushort minute)
    {
        var nightly = At(minute % 1_440, zone);
        var night = nightly.Due(now);
        var date = now.InZone(zone).Date;
        var instants = Enumerable.Range(-3, 7).Select(days => zone.ResolveLocal(
            date.PlusDays(days) + nightly.At, NodaTime.TimeZones.Resolvers.LenientResolver).ToInstant());
        night.At.ShouldBe(instants.Where(instant => instant <= now).Max());
        // However often the clock looks, a date has one instant.
        nightly.Due(night.At).ShouldBe(night);
    }

    [Theory]
    [InlineData("2026-03-08T06:59:59Z", "2026-03-07", "2026-03-07T07:30:00Z")]
    [InlineData("2026-03-08T07:29:59Z", "2026-03-07", "2026-03-07T07:30:00Z")]
    [InlineData("2026-03-08T07:30:00Z", "2026-03-08", "2026-03-08T07:30:00Z")]
    [InlineData("2026-11-01T06:29:59Z", "2026-10-31", "2026-10-31T06:30:00Z")]
    [InlineData("2026-11-01T07:30:00Z", "2026-11-01", "2026-11-01T07:30:00Z")]
    public void R11_half_past_two_comes_once_in_the_nights_of_the_clock_changes(string now, string date, string at)
    {
        var night = At(150, _toronto).Due(NodaTime.Text.InstantPattern.General.Parse(now).Value);
        night.ShouldBe(new(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value, NodaTime.Text.InstantPattern.General.Parse(at).Value));
    }

    [Fact]
    public void R11_the_scope_begins_at_the_time_of_the_night_and_leaves_out_what_is_retired_or_gone()
    {
        var night = At(0, DateTimeZone.Utc).Due(Scene.Now);
        var nightly = At(0, DateTimeZone.Utc) with { Days = 9, MovesBookings = true, TimeLimitSeconds = 7 };
        nightly.Scope(night, Scene.Basis.Catalogue)!.From.ShouldBe(night.At);
        var scope = nightly.Scope(night, Scene.Basis.Catalogue)!;
        (scope.To, scope.TimeLimitSeconds, scope.MovesBookings).ShouldBe((night.At + Duration.FromDays(9), 7, true));
        scope.Pools.ShouldBe(Scene.Basis.Catalogue.Pools.Keys.OrderBy(pool => pool.Text, StringComparer.Ordinal));
        (nightly with { Pools = [Scene.PoolId, PoolId.Of("gone")] }).Scope(night, Scene.Basis.Catalogue)!.Pools.ShouldBe([Scene.PoolId]);
        (nightly with { Pools = [PoolId.Of("gone")] }).Scope(night, Scene.Basis.Catalogue).ShouldBeNull();
        NightlyPlan.IsOpen(night, night.At + Duration.FromHours(Limits.NightlyPlanHours) - Duration.FromTicks(1)).ShouldBeTrue();
        NightlyPlan.IsOpen(night, night.At + Duration.FromHours(Limits.NightlyPlanHours)).ShouldBeFalse();
    }

    private static NightlyPlan At(int minute, DateTimeZone zone) => new() { At = LocalTime.FromMinutesSinceMidnight(minute), Zone = zone };
}
