using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R9: cancelling is free until the cut-off. Later the policy decides about the vouchers, and no booking can be moved. A sitting that has begun cannot be
/// changed. Also the rules of the waitlist.
/// </summary>
public sealed class R09_Cancellation
{
    private static readonly LocalDate _examDay = new(2027, 3, 22);
    private static readonly Booking _booking = Scene.Book(Scene.Wish, Scene.Basis);

    /// <summary>At the end of 20 March in Toronto two days are left, from midnight on one. UTC's midnight, four hours earlier, does not matter.</summary>
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
    public void R09_an_operators_reason_does_not_lift_the_cutoff() =>
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
        var returning = Policy.Default with { CancelCutoffDays = cutoff, LateCancelVouchers = LateVouchers.Return };
        Cancellation.Forfeits(_booking, basis.With(returning)).ShouldBeFalse();
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
    public void R09_fewer_seats_in_time_return_vouchers_and_fewer_seats_late_forfeit_them()
    {
        var first = Pack(1, new(2026, 4, 1), 10);
        var second = Pack(2, new(2026, 9, 1), 18);
        var basis = Scene.Basis.WithPacks(first, second);
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

    /// <summary>After a late resize to any number of seats all 28 vouchers are still taken, and each remaining candidate has one.</summary>
    [Fact]
    public void R09_a_late_resize_to_fewer_seats_neither_adds_nor_loses_vouchers()
    {
        var first = Pack(1, new(2026, 4, 1), 10);
        var second = Pack(2, new(2026, 9, 1), 40);
        var newer = Pack(3, new(2026, 5, 1), 6);
        var basis = Scene.Basis.WithPacks(first, second);
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
    public void R09_short_notice_applies_to_the_waitlist_alone_and_only_shortens_the_lead_time(int? shortNotice, int needed, string? code)
    {
        // 13 days are given.
        var basis = Scene.Basis with { Now = Scene.At(new(2027, 3, 9), 9), Institution = Scene.School with { ShortNoticeDays = shortNotice } };
        var earliest = new LocalDate(2027, 3, 23);
        BookingRules.Join(Scene.Wish, basis, out _).ShouldBe(code is null ? null : new Refusal.LeadTimeShort(13, 14, earliest) { NextDate = earliest });
        Scene.Code(BookingRules.Decide(Scene.Wish, basis, WishKind.FromWaitlist)).ShouldBe(code ?? "accepted");
        var refusal = Scene.Refused<Refusal.LeadTimeShort>(BookingRules.Decide(Scene.Wish, basis, WishKind.Booking));
        refusal.DaysNeeded.ShouldBe(needed);
        Scene.Refused<Refusal.LeadTimeShort>(BookingRules.Decide(Scene.Wish, basis, WishKind.Hold)).DaysNeeded.ShouldBe(needed);
    }

    [Fact]
    public void R09_the_waitlist_can_be_joined_when_everything_is_full_and_has_a_limit()
    {
        var basis = (Scene.Basis with { Institution = Scene.School with { LabSeats = 1 } }).WithPacks();
        BookingRules.Join(Scene.Wish with { Accommodations = [new(2, 50)] }, basis, out var profile).ShouldBeNull();
        profile.Seats.ShouldBe([28, 2]);
        var state = basis.State;
        for (var k = 0; k < Limits.QueuedRequests - 1; k++)
            state = state.With(Request());
        BookingRules.Join(Scene.Wish, basis with { State = state }, out _).ShouldBeNull();
        BookingRules.Join(Scene.Wish, basis with { State = state.With(Request()) }, out _).ShouldBe(new Refusal.QueueFull(Limits.QueuedRequests));
    }

    [Fact]
    public void R09_an_entry_covers_the_slots_of_its_block_and_no_others()
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

    /// <summary>
    /// A season's lead time does not end a waitlist entry, because an operator may change the season back. The policy's lead time or the short notice ends it.
    /// </summary>
    [Theory]
    [InlineData(14, null, false)]
    [InlineData(13, null, true)]
    [InlineData(5, 5, false)]
    [InlineData(4, 5, true)]
    public void R09_an_entry_ends_inside_the_shortest_lead_time_by_which_it_could_be_served(int days, int? shortNotice, bool isOver)
    {
        var start = Scene.At(LeadTime.Day(Scene.Now, Scene.Toronto).PlusDays(days), 10);
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(new(2027, 1, 1), new(2027, 12, 31), leadTimeDays: 21))) with
        {
            Institution = Scene.School with { ShortNoticeDays = shortNotice },
        };
        var request = new Request
        {
            Id = RequestId.New(),
            Institution = Scene.SchoolId,
            Exam = Scene.ExamId,
            Pool = Scene.PoolId,
            PreferredStart = start,
            Seats = 1,
            Profile = new([1]),
            Mode = DeliveryMode.Lab,
        };
        BookingRules.IsOver(request, basis).ShouldBe(isOver);
        BookingRules.IsOver(request, basis with { Now = start }).ShouldBeTrue();
    }
}
