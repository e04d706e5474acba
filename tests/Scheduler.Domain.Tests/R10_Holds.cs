using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R10: a hold keeps its seats before its expiry and frees them from then on. Holds are limited in number and seats, and confirmed once.</summary>
public sealed class R10_Holds
{
    private static readonly Instant _expiry = Scene.Now + Duration.FromMinutes(10);
    private static readonly Hold _hold = Scene.Hold(Scene.Wish, Scene.Basis, _expiry);

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void R10_a_hold_is_live_until_the_tick_before_its_expiry(int ticks, bool live)
    {
        var now = _expiry + Duration.FromTicks(ticks);
        _hold.IsLive(now).ShouldBe(live);
        _hold.StatusAt(now).ShouldBe(live ? HoldStatus.Held : HoldStatus.Lapsed);
        var basis = Scene.Basis.With(_hold) with { Now = now };
        basis.State.At(now).Holds.Count.ShouldBe(live ? 1 : 0);
        basis.State.At(now).SeatsBySlot.Count.ShouldBe(live ? 1 : 0);
        basis.State.At(now).Packs.Values.Single().Taken.ShouldBe(live ? 28 : 0);
        BookingRules.Confirm(_hold, basis)?.Code.ShouldBe("hold_lapsed");
        (BookingRules.Confirm(_hold, basis) is null).ShouldBe(live);
    }

    [Fact]
    public void R10_a_hold_that_was_confirmed_or_released_stays_so_whatever_the_time()
    {
        var booking = BookingId.New();
        foreach (var now in new[] { Scene.Now, _expiry, _expiry + Duration.FromDays(1) })
        {
            var basis = Scene.Basis with { Now = now };
            var confirmed = _hold with { Status = HoldStatus.Confirmed, Booking = booking };
            (confirmed.IsLive(now), confirmed.StatusAt(now)).ShouldBe((false, HoldStatus.Confirmed));
            BookingRules.Confirm(confirmed, basis).ShouldBe(new Refusal.HoldConfirmed(booking));
            BookingRules.Confirm(_hold with { Status = HoldStatus.Released }, basis).ShouldBeOfType<Refusal.HoldLapsed>();
        }
    }

    [Theory]
    [InlineData(4, 1, "accepted")]
    [InlineData(5, 1, "hold_limit")]
    [InlineData(1, 172, "accepted")]
    [InlineData(1, 173, "hold_limit")]
    public void R10_live_holds_are_limited_in_number_and_seats(int there, int seats, string code)
    {
        // A single earlier hold has 28 seats. Four or five earlier holds have 1 seat each, so that they stay below the limit of 200 seats.
        var basis = Scene.Basis;
        for (var k = 0; k < there; k++)
            basis = basis.With(Scene.Hold(Scene.Wish with { Seats = there == 1 ? 28 : 1 }, basis, _expiry));
        var wish = Scene.Wish with { Seats = seats };
        Scene.Code(BookingRules.Decide(wish, basis, WishKind.Hold)).ShouldBe(code);
        Scene.Code(BookingRules.Decide(wish, basis, WishKind.Booking)).ShouldBe("accepted");
        if (code == "hold_limit")
            Scene.Refused<Refusal.HoldLimit>(BookingRules.Decide(wish, basis, WishKind.Hold)).ShouldBe(new(5, 200));
        Scene.Code(BookingRules.Decide(wish, basis with { State = basis.State.At(_expiry), Now = _expiry }, WishKind.Hold)).ShouldBe("accepted");
    }

    [Theory]
    [InlineData(28, "accepted")]
    [InlineData(1, "accepted")]
    [InlineData(200, "accepted")]
    [InlineData(201, "hold_limit")]
    public void R10_a_replaced_hold_counts_neither_as_a_hold_nor_by_its_seats(int seats, string code)
    {
        Scene.Code(HoldRules.Replace(_hold, seats, _hold.Sitting.Mode, [], Scene.Basis.With(Policy.Default with { MaxHolds = 1 }))).ShouldBe(code);
    }

    [Fact]
    public void R10_a_hold_that_has_ended_cannot_be_replaced()
    {
        var late = Scene.Basis with { Now = _expiry };
        Scene.Code(HoldRules.Replace(_hold, 5, _hold.Sitting.Mode, [], late)).ShouldBe("hold_lapsed");
        Scene.Code(HoldRules.Replace(_hold with { Status = HoldStatus.Confirmed, Booking = BookingId.New() }, 5, _hold.Sitting.Mode, [], Scene.Basis))
            .ShouldBe("hold_confirmed");
    }

    [Fact]
    public void R15_a_replaced_hold_keeps_the_terms_it_was_made_under()
    {
        var terms = _hold.Sitting.Terms with { Minutes = 110 };
        var old = _hold with { Sitting = _hold.Sitting with { Terms = terms } };
        var decision = HoldRules.Replace(old, 9, _hold.Sitting.Mode, [], Scene.Basis).ShouldBeOfType<Decision.Accepted>();
        decision.Draft.Sitting.Terms.ShouldBe(terms);
        decision.Draft.Sitting.Profile.Slots.ShouldBe(2);
    }

    [Fact]
    public void R10_the_limits_are_policy()
    {
        var basis = Scene.Basis.With(_hold).With(Policy.Default with { MaxHolds = 1 });
        Scene.Code(BookingRules.Decide(Scene.Wish, basis, WishKind.Hold)).ShouldBe("hold_limit");
        basis = Scene.Basis.With(_hold).With(Policy.Default with { MaxHeldSeats = 56 });
        Scene.Code(BookingRules.Decide(Scene.Wish, basis, WishKind.Hold)).ShouldBe("accepted");
        Scene.Code(BookingRules.Decide(Scene.Wish with { Seats = 29 }, basis, WishKind.Hold)).ShouldBe("hold_limit");
    }

    [Fact]
    public void R10_the_reason_of_a_hold_still_counts_when_the_hold_is_confirmed()
    {
        var near = Scene.Wish with { Start = Scene.At(new(2027, 3, 3), 10) };
        var hold = Scene.Hold(near with { OverrideReason = "by phone" }, Scene.Basis, _expiry);
        BookingRules.Confirm(hold, Scene.Basis).ShouldBeNull();
        BookingRules.Confirm(hold with { Sitting = hold.Sitting with { OverrideReason = null } }, Scene.Basis).ShouldBeOfType<Refusal.LeadTimeShort>();
    }
}
