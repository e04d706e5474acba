using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R7: what an institution has left of each programme, and until when.</summary>
public sealed class R07_VoucherBalance
{
    [Property(Arbitrary = [typeof(Generators)])]
    public void R07_the_balance_adds_up_the_packs_that_have_not_ended(ImmutableArray<Pack> packs, LocalDate today)
    {
        var state = InstitutionState.Restore([], [], [], packs, 0);
        var balances = VoucherBalance.Of(state, today);
        balances.Select(balance => balance.Programme).ShouldBe(packs.Select(pack => pack.Programme).Distinct().Order(StringComparer.Ordinal));
        foreach (var balance in balances)
        {
            var valid = packs.Where(pack => pack.Programme == balance.Programme && pack.ExpiresOn >= today).ToList();
            balance.Remaining.ShouldBe(valid.Sum(pack => pack.Remaining));
            balance.SetAside.ShouldBe(0);
            foreach (var period in balance.Periods)
                period.Remaining.ShouldBe(valid.Where(pack => (pack.PurchasedOn, pack.ExpiresOn) == (period.From, period.Until)).Sum(pack => pack.Remaining));
            balance.Periods.Select(period => (period.From, period.Until)).ShouldBeUnique();
            balance.Periods.Select(period => period.Until).ShouldBeInOrder();
        }
    }

    [Fact]
    public void R07_vouchers_of_bookings_and_live_holds_are_set_aside_and_those_of_an_ended_booking_are_used()
    {
        var basis = Scene.Basis;
        var booking = Scene.Book(Scene.Wish, basis);
        basis = basis.With(booking);
        var hold = Scene.Hold(Scene.Wish with { Seats = 5 }, basis, Scene.Now + Duration.FromMinutes(10));
        var state = basis.With(hold).State;
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);

        Figures(state).ShouldBe(("MOS", 4967, 33));
        Figures(state.At(hold.ExpiresAt)).ShouldBe(("MOS", 4972, 28));
        Figures(state.WithoutEnded(booking.Sitting.End)).ShouldBe(("MOS", 4967, 5));

        (string, int, int) Figures(InstitutionState of)
        {
            var balance = VoucherBalance.Of(of, today).ShouldHaveSingleItem();
            balance.Periods.ShouldHaveSingleItem().ShouldBe(new(new(2026, 9, 1), new(2027, 9, 1), balance.Remaining, balance.SetAside));
            return (balance.Programme, balance.Remaining, balance.SetAside);
        }
    }
}
