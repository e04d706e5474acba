using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R13: a second booking or hold for the same exam, start and number of seats is recognised, because the caller may have repeated a call.</summary>
public sealed class R13_ProbableDuplicate
{
    [Property(Arbitrary = [typeof(Generators)])]
    public void R13_a_duplicate_is_found_exactly_when_a_booking_or_hold_has_the_same_exam_start_and_seats(
        ImmutableArray<Sitting> booked, ImmutableArray<Sitting> held, Sitting sitting)
    {
        var bookings = booked.Select(one => new Booking { Id = BookingId.New(), Sitting = one }).ToList();
        var holds = held.Select(one => new Hold { Id = HoldId.New(), Sitting = one, ExpiresAt = Instant.MaxValue }).ToList();
        if (bookings.Count > 0 && sitting.Seats % 2 == 0)
            sitting = sitting with { Start = bookings[0].Sitting.Start, Seats = bookings[0].Sitting.Seats };
        var state = bookings.Aggregate(InstitutionState.Empty, (on, booking) => on.With(booking));
        state = holds.Aggregate(state, (on, hold) => on.With(hold));

        var found = ProbableDuplicate.Of(sitting, state);
        var likeBookings = bookings.Where(one => (one.Sitting.Exam, one.Sitting.Start, one.Sitting.Seats) == (sitting.Exam, sitting.Start, sitting.Seats))
            .Select(one => one.Id).ToList();
        var likeHolds = holds.Where(one => (one.Sitting.Exam, one.Sitting.Start, one.Sitting.Seats) == (sitting.Exam, sitting.Start, sitting.Seats))
            .Select(one => one.Id).ToList();
        if (likeBookings.Count > 0)
            likeBookings.ShouldContain(found.ShouldNotBeNull().Booking!.Value);
        else if (likeHolds.Count > 0)
            likeHolds.ShouldContain(found.ShouldNotBeNull().Hold!.Value);
        else
            found.ShouldBeNull();
        if (found is not null)
            (found.Booking is null).ShouldBe(found.Hold is not null);
    }

    [Fact]
    public void R13_a_cancelled_booking_and_a_lapsed_hold_are_no_duplicates()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var hold = Scene.Hold(Scene.Wish, Scene.Basis, Scene.Now + Duration.FromMinutes(10));
        var state = Scene.State.With(booking).With(hold);
        ProbableDuplicate.Of(booking.Sitting, state)!.Booking.ShouldBe(booking.Id);
        ProbableDuplicate.Of(booking.Sitting, state.Without(booking))!.Hold.ShouldBe(hold.Id);
        ProbableDuplicate.Of(booking.Sitting, state.Without(booking).At(hold.ExpiresAt)).ShouldBeNull();
    }
}
