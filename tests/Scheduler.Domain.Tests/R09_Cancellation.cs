using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R9: free until the cut-off; later the vouchers go as the policy says, and nothing moves; a sitting that has begun stays as it is. The waitlist's own rules.</summary>
public sealed class R09_Cancellation
{
    private static readonly LocalDate _examDay = new(2027, 3, 22);
    private static readonly Booking _booking = Scene.Book(Scene.Wish, Scene.Basis);

    /// <summary>The last moment of 20 March in Toronto leaves two days, midnight leaves one: UTC's midnight four hours earlier says nothing.</summary>
    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void R09_the_cutoff_is_a_midnight_of_the_school(int seconds, bool passed)
    {
        var basis = Scene.Basis with { Now = Scene.At(_examDay.PlusDays(-1), 0) + Duration.FromSeconds(seconds) };
        (Cancellation.Cutoff(_booking, basis) is not null).ShouldBe(passed);
        Cancellation.Forfeits(_booking, basis).ShouldBe(passed);
        Scene.Code(BookingRules.Reschedule(_booking, Scene.At(new(2027, 5, 3), 10), null, basis)).ShouldBe(passed ? "cutoff_passed" : "accepted");
        if (passed)
            Cancellation.Cutoff(_booking, basis).ShouldBe(new Refusal.CutoffPassed(1, 2));
    }

    [Fact]
    public void R09_an_operators_reason_does_not_go_past_the_cutoff() =>
        Scene.Code(BookingRules.Reschedule(_booking, Scene.At(new(2027, 5, 3), 10), "by phone", Scene.Basis with { Now = Scene.At(_examDay.PlusDays(-1), 0) }))
            .ShouldBe("cutoff_passed");

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 6, true)]
    public void R09_the_cutoff_is_policy(int daysBefore, int cutoff, bool passed)
    {
        var basis = (Scene.Basis with { Now = Scene.At(_examDay.PlusDays(-daysBefore), 9) }).With(Policy.Default with { CancelCutoffDays = cutoff });
        (Cancellation.Cutoff(_booking, basis) is not null).ShouldBe(passed);
        Cancellation.Forfeits(_booking, basis.With(Policy.Default with { CancelCutoffDays = cutoff, LateCancelVouchers = LateVouchers.Return })).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "sitting_begun")]
    [InlineData(1, "sitting_begun")]
    public void R09_a_sitting_that_has_begun_can_be_neither_cancelled_nor_moved(int ticks, string? code)
    {
        var basis = Scene.Basis with { Now = _booking.Sitting.Start + Duration.FromTicks(ticks) };
        Cancellation.Change(_booking, basis)?.Code.ShouldBe(code);
        (Cancellation.Change(_booking, basis) is null).ShouldBe(code is null);
        Scene.Code(BookingRules.Reschedule(_booking, Scene.At(new(2027, 5, 3), 10), null, basis)).ShouldBe(code ?? "cutoff_passed");
        Cancellation.Change(_booking with { Status = BookingStatus.Cancelled }, basis).ShouldBeOfType<Refusal.BookingCancelled>();
    }

    [Fact]
    public void R09_a_shrink_in_time_gives_vouchers_back_and_a_late_one_spends_those_of_the_candidates_taken_off()
    {
        var first = Pack(1, new(2026, 4, 1), 10);
        var second = Pack(2, new(2026, 9, 1), 18);
        var basis = Scene.Basis.Packed(first, second);
        var booking = Scene.Book(Scene.Wish, basis);
        booking.Sitting.Vouchers.ShouldBe([new(first.Id, 10), new(second.Id, 18)]);
        var without = basis.With(booking).Without(booking);

        Cancellation.ForfeitedByShrink(booking, 12, without).ShouldBeEmpty();
        Scene.Accepted(BookingRules.Resize(booking, 12, [], null, without)).Sitting.Vouchers.ShouldBe([new(first.Id, 10), new(second.Id, 2)]);

        var late = without with { Now = Scene.At(_examDay, 9) };
        Cancellation.ForfeitedByShrink(booking, 12, late).ShouldBe([new(second.Id, 16)]);
        Cancellation.ForfeitedByShrink(booking, 7, late).ShouldBe([new(first.Id, 3), new(second.Id, 18)]);
        Cancellation.ForfeitedByShrink(booking, 28, late).ShouldBeEmpty();
        Scene.Accepted(BookingRules.Resize(booking, 12, [], null, late)).Sitting.Vouchers.ShouldBe([new(first.Id, 10), new(second.Id, 2)]);
        var returning = late.With(Policy.Default with { LateCancelVouchers = LateVouchers.Return });
        Cancellation.ForfeitedByShrink(booking, 12, returning).ShouldBeEmpty();
    }

    /// <summary>Whatever a late shrink leaves, all 28 vouchers stay taken, and each remaining candidate has one.</summary>
    [Fact]
    public void R09_a_late_shrink_neither_makes_nor_loses_vouchers()
    {
        var first = Pack(1, new(2026, 4, 1), 10);
        var second = Pack(2, new(2026, 9, 1), 40);
        var newer = Pack(3, new(2026, 5, 1), 6);
        var basis = Scene.Basis.Packed(first, second);
        var booking = Scene.Book(Scene.Wish, basis);
        var state = basis.State.With(booking).With(newer).Without(booking);
        for (var seats = 1; seats <= 28; seats++)
        {
            var late = basis with { State = state, Now = Scene.At(_examDay, 9) };
            var draft = Scene.Accepted(BookingRules.Resize(booking, seats, [], null, late));
            var after = state.Forfeited(Cancellation.ForfeitedByShrink(booking, seats, late)).With(booking with { Sitting = draft.Sitting });
            draft.Sitting.Vouchers.Sum(draw => draw.Vouchers).ShouldBe(seats);
            after.Packs.Values.Sum(pack => pack.Taken).ShouldBe(28, $"{seats} seats");
            after.Packs.Values.ShouldAllBe(pack => pack.Taken >= 0 && pack.Taken <= pack.Quantity);
        }
    }

    [Theory]
    [InlineData(null, 14, "lead_time")]
    [InlineData(3, 14, null)]
    [InlineData(30, 14, "lead_time")]
    [InlineData(14, 14, "lead_time")]
    [InlineData(13, 14, null)]
    public void R09_short_notice_counts_for_the_waitlist_alone_and_shortens_only(int? shortNotice, int needed, string? code)
    {
        // 13 days are given.
        var basis = Scene.Basis with { Now = Scene.At(new(2027, 3, 9), 9), Institution = Scene.School with { ShortNoticeDays = shortNotice } };
        BookingRules.Join(Scene.Wish, basis, out _).ShouldBe(code is null ? null : new Refusal.LeadTimeShort(13, 14, new LocalDate(2027, 3, 23)));
        Scene.Code(BookingRules.Decide(Scene.Wish, basis, WishKind.FromWaitlist)).ShouldBe(code ?? "accepted");
        var refusal = Scene.Refused<Refusal.LeadTimeShort>(BookingRules.Decide(Scene.Wish, basis, WishKind.Booking));
        refusal.DaysNeeded.ShouldBe(needed);
        Scene.Refused<Refusal.LeadTimeShort>(BookingRules.Decide(Scene.Wish, basis, WishKind.Hold)).DaysNeeded.ShouldBe(needed);
    }

    [Fact]
    public void R09_the_waitlist_is_joined_with_everything_full_and_its_queue_is_bounded()
    {
        var basis = (Scene.Basis with { Institution = Scene.School with { LabSeats = 1 } }).Packed();
        BookingRules.Join(Scene.Wish with { Accommodations = [new(2, 50)] }, basis, out var profile).ShouldBeNull();
        profile.Seats.ShouldBe([28, 2]);
        var state = basis.State;
        for (var k = 0; k < Limits.QueuedRequests - 1; k++)
            state = state.With(Request());
        BookingRules.Join(Scene.Wish, basis with { State = state }, out _).ShouldBeNull();
        BookingRules.Join(Scene.Wish, basis with { State = state.With(Request()) }, out _).ShouldBe(new Refusal.QueueFull(Limits.QueuedRequests));
    }

    [Fact]
    public void R09_an_entry_waits_for_the_slots_of_its_block_and_no_others()
    {
        var request = Request();
        bool Covers(int minutes) => request.Covers(new(Scene.PoolId, SlotMinutes.Of(request.PreferredStart) + minutes));
        (Covers(-60), Covers(-1), Covers(0), Covers(60), Covers(119), Covers(120)).ShouldBe((false, false, true, true, true, false));
        request.Covers(new(PoolId.Of("other"), SlotMinutes.Of(request.PreferredStart))).ShouldBeFalse();
    }

    private static Request Request() => new()
    {
        Id = RequestId.New(),
        Institution = Scene.SchoolId,
        Exam = Scene.ExamId,
        Pool = Scene.PoolId,
        PreferredStart = Scene.Wish.Start,
        Seats = 28,
        Profile = SeatProfile.Parse("28,2"),
        Mode = DeliveryMode.Lab,
    };

    private static Pack Pack(int id, LocalDate bought, int quantity) => new(new(new Guid($"00000000-0000-7000-8000-{id:x12}")), "MOS", quantity, bought, 0);
}
