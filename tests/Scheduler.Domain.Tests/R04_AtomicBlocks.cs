using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R4, the part that decisions cover: in a move or resize the booking's own seats and vouchers count as free. Fewer seats are always possible; more seats must
/// pass all rules, for the added seats alone.
/// </summary>
public sealed class R04_AtomicBlocks
{
    private static readonly Duration _hour = Duration.FromHours(1);

    [Fact]
    public void R04_in_a_move_the_bookings_own_seats_and_vouchers_count_as_free()
    {
        // The booking has all 28 workstations and all 28 vouchers. Moved by an hour, its block of two hours overlaps its old block.
        var basis = (Scene.Basis with { Institution = Scene.School with { LabSeats = 28 } })
            .With(Scene.Exam with { Minutes = 100 })
            .WithPacks(Scene.Plenty with { Quantity = 28 });
        var booking = Scene.Book(Scene.Wish, basis);
        var booked = basis.With(booking);
        var start = booking.Sitting.Start + _hour;
        Scene.Code(BookingRules.Reschedule(booking, start, null, booked)).ShouldBe("lab_seats_exceeded");
        var draft = Scene.Accepted(BookingRules.Reschedule(booking, start, null, booked.Without(booking)));
        draft.Sitting.ShouldBe(booking.Sitting with { Start = start, Vouchers = draft.Sitting.Vouchers });
        draft.Sitting.Vouchers.ShouldBe(booking.Sitting.Vouchers);
        draft.OwnSeats.ShouldBe([0, 0]);
    }

    [Fact]
    public void R04_a_move_takes_vouchers_that_are_valid_on_the_new_day()
    {
        var ends = Pack(1, new(2026, 3, 24), 100);
        var later = Pack(2, new(2026, 9, 1), 100);
        var basis = Scene.Basis.WithPacks(ends, later);
        var booking = Scene.Book(Scene.Wish, basis);
        booking.Sitting.Vouchers.ShouldBe([new(ends.Id, 28)]);
        var draft = Scene.Accepted(BookingRules.Reschedule(booking, Scene.At(new(2027, 3, 25), 10), null, basis));
        draft.Sitting.Vouchers.ShouldBe([new(later.Id, 28)]);
    }

    [Theory]
    [InlineData(27, 0, "accepted")]
    [InlineData(28, 0, "accepted")]
    [InlineData(29, 0, "lead_time")]
    [InlineData(28, 1, "lead_time")]
    [InlineData(20, 1, "lead_time")]
    public void R04_fewer_seats_are_possible_inside_the_lead_time_and_more_are_not(int seats, int withExtraTime, string code)
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var late = Scene.Basis with { Now = Scene.At(new(2027, 3, 15), 9) };
        Accommodation[] extra = withExtraTime > 0 ? [new(withExtraTime, 50)] : [];
        Scene.Code(BookingRules.Resize(booking, seats, [.. extra], null, late)).ShouldBe(code);
        Scene.Code(BookingRules.Resize(booking, seats, [.. extra], "late joiners", late)).ShouldBe("accepted");
    }

    [Fact]
    public void R04_fewer_seats_are_possible_even_if_all_other_rules_fail()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var school = Scene.School with { LabSeats = 0, Onboarding = Onboarding.None };
        var basis = (Scene.Basis with { Now = booking.Sitting.Start - Duration.FromTicks(1), Institution = school })
            .With(Scene.Exam with { Pools = [], Modes = [] });
        var draft = Scene.Accepted(BookingRules.Resize(booking, 5, [], null, basis));
        draft.Sitting.Profile.Seats.ShouldBe([5]);
        draft.FairShare.ShouldBeNull();
        draft.AddsTo(0).ShouldBeFalse();
        Scene.Code(BookingRules.Resize(booking, 5, [], null, basis with { Now = booking.Sitting.Start })).ShouldBe("sitting_begun");
    }

    /// <summary>Bug: after the exam had become longer, a resize to fewer seats asked for a longer block and was refused inside the lead time.</summary>
    [Fact]
    public void R04_fewer_seats_are_possible_after_the_exam_became_longer()
    {
        var booking = Scene.Book(Scene.Wish with { Accommodations = [new(2, 50)] }, Scene.Basis);
        booking.Sitting.Profile.Seats.ShouldBe([28, 2]);
        var late = (Scene.Basis with { Now = Scene.At(new(2027, 3, 15), 9) }).With(Scene.Exam with { Minutes = 170 });
        Scene.Accepted(BookingRules.Resize(booking, 20, [new(2, 50)], null, late)).Sitting.Profile.Seats.ShouldBe([20, 2]);
        Scene.Accepted(BookingRules.Resize(booking, 20, [], null, late)).Sitting.Profile.Seats.ShouldBe([20]);
        Scene.Code(BookingRules.Resize(booking, 29, [], null, late)).ShouldBe("lead_time");
    }

    /// <summary>Bug: extra time for a few candidates was refused, because the booked seats exceeded a number of proctors that had been lowered since.</summary>
    [Fact]
    public void R04_only_added_seats_are_checked_against_limits_that_were_lowered_since()
    {
        var booking = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online }, Scene.Basis);
        var lowered = Scene.Basis with { Institution = Scene.School with { Proctors = 1 } };
        var draft = Scene.Accepted(BookingRules.Resize(booking, 28, [new(20, 50)], null, lowered));
        draft.Before.Seats.ShouldBe([28]);
        (draft.AddsTo(0), draft.AddsTo(1)).ShouldBe((false, true));
        Scene.Code(BookingRules.Resize(booking, 28, [new(21, 50)], null, lowered)).ShouldBe("proctors_exceeded");
        Scene.Code(BookingRules.Resize(booking, 29, [new(20, 50)], null, lowered)).ShouldBe("proctors_exceeded");
    }

    [Fact]
    public void R04_fair_share_is_checked_for_added_seats_alone()
    {
        var booking = Scene.Book(Scene.Wish with { Seats = 28 }, Scene.Basis);
        var season = Scene.Basis.With(new SeasonEntry(Scene.Season(new(2027, 3, 1), new(2027, 4, 30), 10)))
            .With(Policy.Default with { LeadTimeDays = 10 });
        var draft = Scene.Accepted(BookingRules.Resize(booking, 28, [new(25, 50)], null, season));
        draft.FairShare.ShouldBe(0.25m);
        draft.ExceedsShare(0, 100).ShouldBeFalse();
        draft.ExceedsShare(1, 100).ShouldBeFalse();
        draft.ExceedsShare(1, 96).ShouldBeTrue();
    }

    /// <summary>Bug: a move counted the earlier online sessions again, and the booking lost its overseen mark.</summary>
    [Fact]
    public void R04_a_change_keeps_the_overseen_mark_of_the_booking()
    {
        var first = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online }, Scene.Basis);
        var basis = Scene.Basis.With(first);
        var second = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online, Start = Scene.Wish.Start + _hour }, basis);
        (first.Overseen, second.Overseen).ShouldBe((true, false));
        basis = basis.With(second).Without(first);
        Scene.Accepted(BookingRules.Reschedule(first, first.Sitting.Start + (_hour * 3), null, basis)).Overseen.ShouldBeTrue();
        Scene.Accepted(BookingRules.Resize(first, 29, [], null, basis)).Overseen.ShouldBeTrue();
        Scene.Accepted(BookingRules.Resize(first, 27, [], null, basis)).Overseen.ShouldBeTrue();
        Scene.Accepted(BookingRules.Resize(second, 27, [], null, Scene.Basis)).Overseen.ShouldBeFalse();
    }

    /// <summary>Bug: a resize to fewer seats dropped the operator's reason, and the booking was inside the lead time without one.</summary>
    [Fact]
    public void R04_a_resize_keeps_the_reason_for_which_the_seats_were_allowed()
    {
        var near = Scene.Wish with { Start = Scene.At(new(2027, 3, 5), 10), OverrideReason = "asked by phone" };
        var booking = Scene.Book(near, Scene.Basis);
        Scene.Accepted(BookingRules.Resize(booking, 20, [], null, Scene.Basis)).Sitting.OverrideReason.ShouldBe("asked by phone");
        Scene.Accepted(BookingRules.Resize(booking, 30, [], "two more", Scene.Basis)).Sitting.OverrideReason.ShouldBe("two more");
        Scene.Code(BookingRules.Resize(booking, 30, [], null, Scene.Basis)).ShouldBe("lead_time");
        Scene.Accepted(BookingRules.Reschedule(booking, Scene.Wish.Start, null, Scene.Basis)).Sitting.OverrideReason.ShouldBeNull();
    }

    private static Pack Pack(int id, LocalDate bought, int quantity) => new(new(new Guid($"00000000-0000-7000-8000-{id:x12}")), "MOS", quantity, bought, 0);
}
