using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R6: at every instant, over all pools, candidates online ≤ proctors × 20, and in the lab ≤ workstations.</summary>
public sealed class R06_Supervision
{
    [Fact]
    public void R06_every_zones_offset_is_a_multiple_of_the_minutes_between_starts()
    {
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            foreach (var interval in DateTimeZoneProviders.Tzdb[id].GetZoneIntervals(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2041, 1, 1, 0, 0)))
                (interval.WallOffset.Seconds % (Supervision.StartsApartMinutes * 60)).ShouldBe(0, $"{id} {interval}");
        }
    }

    /// <summary>Sittings in pools whose grids are half an hour apart, compared with a count in every minute.</summary>
    [Property(Arbitrary = [typeof(Generators)], MaxTest = 500)]
    public void R06_the_room_is_that_of_a_count_minute_by_minute(ImmutableArray<Sitting> there, Sitting wish, byte limit)
    {
        var state = InstitutionState.Empty;
        foreach (var (sitting, k) in there.Select((sitting, k) => (sitting, k)))
        {
            state = k % 3 == 0
                ? state.With(new Hold { Id = HoldId.New(), Sitting = sitting, ExpiresAt = Instant.MaxValue })
                : state.With(new Booking { Id = BookingId.New(), Sitting = sitting });
        }

        var fits = true;
        var free = int.MaxValue;
        for (var minute = 0; minute < wish.Profile.Slots * 60; minute++)
        {
            var instant = wish.Start + Duration.FromMinutes(minute);
            var running = there.Where(sitting => sitting.Mode == wish.Mode).Sum(sitting => SeatsAt(sitting, instant));
            fits &= running + SeatsAt(wish, instant) <= limit;
            free = Math.Min(free, Math.Max(0, limit - running));
        }

        Supervision.Room(state, wish.Mode, wish.Start, wish.Profile, limit).ShouldBe((fits, free));
    }

    [Theory]
    [InlineData(2, 40, "accepted")]
    [InlineData(2, 41, "proctors_exceeded")]
    public void R06_twenty_candidates_online_to_each_proctor(int proctors, int seats, string code)
    {
        var basis = Scene.Basis with { Institution = Scene.School with { Proctors = proctors } };
        Scene.Code(BookingRules.Decide(Scene.Wish with { Mode = DeliveryMode.Online, Seats = seats }, basis, WishKind.Booking)).ShouldBe(code);
        Scene.Code(BookingRules.Decide(Scene.Wish with { Seats = seats }, basis, WishKind.Booking)).ShouldBe("accepted");
    }

    [Fact]
    public void R06_the_number_of_candidates_per_proctor_is_policy()
    {
        var basis = (Scene.Basis with { Institution = Scene.School with { Proctors = 2 } }).With(Policy.Default with { CandidatesPerProctor = 3 });
        var decision = BookingRules.Decide(Scene.Wish with { Mode = DeliveryMode.Online, Seats = 7 }, basis, WishKind.Booking);
        Scene.Refused<Refusal.ProctorsExceeded>(decision).ShouldBe(new(2, 6));
    }

    [Theory]
    [InlineData(60, "accepted")]
    [InlineData(61, "lab_seats_exceeded")]
    public void R06_a_lab_has_as_many_seats_as_workstations(int seats, string code)
    {
        var basis = Scene.Basis with { Institution = Scene.School with { LabSeats = 60, Proctors = 0 } };
        Scene.Code(BookingRules.Decide(Scene.Wish with { Seats = seats }, basis, WishKind.Booking)).ShouldBe(code);
    }

    [Fact]
    public void R06_holds_count_as_bookings_do_and_sittings_one_after_the_other_do_not_overlap()
    {
        var basis = Scene.Basis with { Institution = Scene.School with { LabSeats = 40 } };
        basis = basis.With(Scene.Hold(Scene.Wish, basis, basis.Now + Duration.FromMinutes(10)));
        Scene.Refused<Refusal.LabSeatsExceeded>(BookingRules.Decide(Scene.Wish with { Seats = 13 }, basis, WishKind.Booking)).ShouldBe(new(40, 12));
        Scene.Code(BookingRules.Decide(Scene.Wish with { Seats = 12 }, basis, WishKind.Booking)).ShouldBe("accepted");
        var after = Scene.Wish with { Start = Scene.Wish.Start + Duration.FromHours(1), Seats = 40 };
        var before = Scene.Wish with { Start = Scene.Wish.Start - Duration.FromHours(1), Seats = 40 };
        Scene.Code(BookingRules.Decide(after, basis, WishKind.Booking)).ShouldBe("accepted");
        Scene.Code(BookingRules.Decide(before, basis, WishKind.Booking)).ShouldBe("accepted");
    }

    [Fact]
    public void R06_a_lowered_limit_keeps_bookings_and_admits_no_new_seat()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var lowered = Scene.Basis.With(booking) with { Institution = Scene.School with { LabSeats = 20 } };
        Scene.Refused<Refusal.LabSeatsExceeded>(BookingRules.Decide(Scene.Wish with { Seats = 1 }, lowered, WishKind.Booking)).ShouldBe(new(20, 0));
        Scene.Code(BookingRules.Resize(booking, 27, [], null, lowered.Without(booking))).ShouldBe("accepted");
        Scene.Code(BookingRules.Resize(booking, 29, [], null, lowered.Without(booking))).ShouldBe("lab_seats_exceeded");
    }

    private static int SeatsAt(Sitting sitting, Instant instant)
    {
        var minutes = (instant - sitting.Start).TotalMinutes;
        return minutes < 0 || minutes >= sitting.Profile.Slots * 60 ? 0 : sitting.Profile[(int)minutes / 60];
    }
}
