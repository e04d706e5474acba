using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R12: in a season no institution has more than ⌈share × capacity⌉ seats of a slot, until the last week of booking.</summary>
public sealed class R12_FairShare
{
    private static readonly LocalDate _today = LeadTime.Day(Scene.Now, Scene.Toronto);

    [Theory]
    [InlineData("0.25", 120, 30)]
    [InlineData("0.25", 121, 31)]
    [InlineData("0.25", 1, 1)]
    [InlineData("0.25", 0, 0)]
    [InlineData("0.1", 30, 3)]
    [InlineData("0.07", 100, 7)]
    [InlineData("0.29", 100, 29)]
    [InlineData("0.3333333333333333333333333333", 3, 1)]
    [InlineData("0.3333333333333333333333333334", 3, 2)]
    [InlineData("1", 100000, 100000)]
    public void R12_the_share_is_an_exact_decimal_rounded_up(string share, int capacity, int seats) =>
        FairShare.SeatsAllowed(decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture), capacity).ShouldBe(seats);

    [Property]
    public void R12_the_share_rounded_up_is_the_least_whole_number_not_below_it(ushort perMille, ushort capacity)
    {
        var share = (perMille % 1000) + 1;
        var seats = FairShare.SeatsAllowed(share / 1000m, capacity);
        (seats * 1000L).ShouldBeGreaterThanOrEqualTo((long)share * capacity);
        ((seats - 1) * 1000L).ShouldBeLessThan((long)share * capacity);
    }

    /// <summary>21 days are needed, and the limit is lifted 7 days before: the share binds at 29 days and not at 28.</summary>
    [Theory]
    [InlineData(30, true)]
    [InlineData(29, true)]
    [InlineData(28, false)]
    [InlineData(21, false)]
    public void R12_in_the_last_week_of_booking_all_free_seats_are_open_to_every_institution(int days, bool binds)
    {
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(_today.PlusDays(20), _today.PlusDays(60))));
        var draft = Scene.Accepted(BookingRules.Decide(Scene.Wish with { Start = Scene.At(_today.PlusDays(days), 23) }, basis, WishKind.Booking));
        draft.FairShare.ShouldBe(binds ? 0.25m : null);
        draft.SeatsAllowed(100).ShouldBe(binds ? 25 : null);
        draft.ExceedsShare(0, 109).ShouldBeFalse();
        draft.ExceedsShare(0, 108).ShouldBe(binds);
        Scene.Accepted(BookingRules.Decide(Scene.Wish with { Start = Scene.At(_today.PlusDays(days), 23), OverrideReason = "agreed" }, basis, WishKind.Booking))
            .FairShare.ShouldBeNull();
    }

    [Fact]
    public void R12_the_lift_is_policy_and_counts_from_the_days_needed_by_the_exam_days_season()
    {
        var day = _today.PlusDays(40);
        var calendar = new SeasonCalendar([Scene.Season(day, day, 30)]);
        FairShare.Binding(day, day.PlusDays(-38), calendar, Policy.Default).ShouldBe(0.25m);
        FairShare.Binding(day, day.PlusDays(-37), calendar, Policy.Default).ShouldBeNull();
        FairShare.Binding(day, day.PlusDays(-31), calendar, Policy.Default with { FairShareLiftDays = 0 }).ShouldBe(0.25m);
        FairShare.Binding(day, day.PlusDays(-30), calendar, Policy.Default with { FairShareLiftDays = 0 }).ShouldBeNull();
    }

    [Fact]
    public void R12_the_use_of_a_share_is_shown_for_the_hour_that_is_nearest_to_it()
    {
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(_today.PlusDays(30), _today.PlusDays(60)))).With(Scene.Exam with { Minutes = 100 });
        var wish = Scene.Wish with { Start = Scene.At(_today.PlusDays(40), 10), Seats = 10 };
        Booking[] bookings =
        [
            Scene.Book(wish, basis), Scene.Book(wish with { Start = wish.Start + Duration.FromHours(1), Seats = 6 }, basis),
            Scene.Book(wish with { Start = Scene.At(_today.PlusDays(70), 10), Seats = 50 }, basis),
        ];
        var calendar = new SeasonCalendar([Scene.Season(_today.PlusDays(30), _today.PlusDays(60))]);
        FairShareUse.Greatest(bookings, Scene.Toronto, calendar, _ => 80).ShouldBe(new(bookings[0].Sitting.Slot(1), 16, 20));
        FairShareUse.Greatest(bookings, Scene.Toronto, calendar, slot => slot == bookings[0].Sitting.Slot(0) ? 20 : 80)
            .ShouldBe(new(bookings[0].Sitting.Slot(0), 10, 5), "an hour whose capacity fell");
        FairShareUse.Greatest(bookings[2..], Scene.Toronto, calendar, _ => 80).ShouldBeNull();
        FairShareUse.Greatest(bookings[..1], Scene.Toronto, calendar, _ => 0)!.Allowed.ShouldBe(0);
    }

    [Fact]
    public void R12_of_overlapping_seasons_the_smallest_share_binds_and_outside_none()
    {
        var day = _today.PlusDays(100);
        var calendar = new SeasonCalendar(
        [
            Scene.Season(day, day.PlusDays(10), fairShare: 0.5m, id: "a"),
            Scene.Season(day.PlusDays(5), day.PlusDays(20), fairShare: 0.1m, id: "b"),
            Scene.Season(day.PlusDays(8), day.PlusDays(9), fairShare: 0.3m, id: "c"),
        ]);
        decimal? At(int offset) => FairShare.Binding(day.PlusDays(offset), _today, calendar, Policy.Default);
        (At(-1), At(0), At(4), At(5), At(9), At(10), At(11), At(20), At(21)).ShouldBe((null, 0.5m, 0.5m, 0.1m, 0.1m, 0.1m, 0.1m, 0.1m, null));
    }

    [Fact]
    public void R12_the_exam_day_of_the_start_decides_for_all_slots_of_a_block_over_midnight()
    {
        // From 23:00 on the season's last day into the next one.
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(_today.PlusDays(40), _today.PlusDays(50)))).With(Scene.Exam with { Minutes = 100 });
        var draft = Scene.Accepted(BookingRules.Decide(Scene.Wish with { Start = Scene.At(_today.PlusDays(50), 23) }, basis, WishKind.Booking));
        (draft.ExceedsShare(0, 100), draft.ExceedsShare(1, 100)).ShouldBe((true, true));
        draft = Scene.Accepted(BookingRules.Decide(Scene.Wish with { Start = Scene.At(_today.PlusDays(51), 0) }, basis, WishKind.Booking));
        draft.FairShare.ShouldBeNull();
    }

    [Fact]
    public void R12_own_bookings_and_holds_in_the_slot_count_and_those_in_other_slots_and_pools_do_not()
    {
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(_today.PlusDays(30), _today.PlusDays(60))))
            .With(new Pool(PoolId.Of("twin"), "Twin", Scene.Toronto, "office"))
            .With(Scene.Exam with { Minutes = 100, Pools = [Scene.PoolId, PoolId.Of("twin")] });
        var wish = Scene.Wish with { Start = Scene.At(_today.PlusDays(40), 10), Seats = 10 };
        var hold = Scene.Hold(wish with { Start = wish.Start + Duration.FromHours(1), Seats = 5 }, basis, Instant.MaxValue);
        basis = basis.With(Scene.Book(wish, basis)).With(hold);
        basis = basis.With(Scene.Book(wish with { Pool = PoolId.Of("twin"), Seats = 50 }, basis));
        var draft = Scene.Accepted(BookingRules.Decide(wish, basis, WishKind.Booking));
        draft.OwnSeats.ShouldBe([10, 15]);
        draft.ExceedsShare(0, 80).ShouldBeFalse();
        draft.ExceedsShare(0, 76).ShouldBeTrue();
        draft.ExceedsShare(1, 100).ShouldBeFalse();
        draft.ExceedsShare(1, 96).ShouldBeTrue();
    }
}
