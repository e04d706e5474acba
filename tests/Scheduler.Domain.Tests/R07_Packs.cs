using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R7: one voucher per candidate, from packs of the programme that are valid on the exam day, from the pack that ends first.</summary>
public sealed class R07_Packs
{
    [Theory]
    [InlineData("2027-03-22", "2028-03-22")]
    [InlineData("2028-02-29", "2029-02-28")]
    [InlineData("2027-02-28", "2028-02-28")]
    [InlineData("2027-03-01", "2028-03-01")]
    [InlineData("2027-12-31", "2028-12-31")]
    public void R07_a_pack_ends_on_the_same_date_one_year_later(string bought, string ends)
    {
        var pack = Pack(1, Date(bought), 10);
        pack.ExpiresOn.ShouldBe(Date(ends));
        pack.IsValidOn(Date(bought)).ShouldBeTrue();
        pack.IsValidOn(Date(bought).PlusDays(-1)).ShouldBeFalse();
        pack.IsValidOn(Date(ends)).ShouldBeTrue();
        pack.IsValidOn(Date(ends).PlusDays(1)).ShouldBeFalse();
    }

    /// <summary>Takes one voucher at a time, each from the valid pack that ends first. Dates are compared by year, month and day alone.</summary>
    [Property(Arbitrary = [typeof(Generators)], MaxTest = 1000)]
    public void R07_a_draw_is_what_taking_one_voucher_after_the_other_gives(ImmutableArray<Pack> packs, LocalDate examDay, byte wanted)
    {
        var candidates = (wanted % 60) + 1;
        var left = packs.ToDictionary(pack => pack.Id, pack => pack.Quantity - pack.Taken);
        var taken = new Dictionary<PackId, int>();
        var missing = 0;
        for (var k = 0; k < candidates; k++)
        {
            Pack? next = null;
            foreach (var pack in packs)
            {
                var isValid = Compare(Parts(pack.PurchasedOn), Parts(examDay)) <= 0 && Compare(Parts(examDay), Ends(pack)) <= 0;
                var order = next is null ? -1 : Compare(Ends(pack), Ends(next));
                var isBetter = order < 0 || (order == 0 && pack.Id.Value.CompareTo(next!.Id.Value) < 0);
                if (pack.Programme == "MOS" && left[pack.Id] > 0 && isValid && isBetter)
                    next = pack;
            }

            if (next is null)
            {
                missing++;
                continue;
            }

            left[next.Id]--;
            taken[next.Id] = taken.GetValueOrDefault(next.Id) + 1;
        }

        var draws = Vouchers.Draw(packs, "MOS", examDay, candidates);
        if (missing > 0)
            draws.ShouldBeNull();
        else
            draws.ShouldNotBeNull().ToDictionary(draw => draw.Pack, draw => draw.Vouchers).ShouldBe(taken, ignoreOrder: true);
    }

    [Fact]
    public void R07_a_refusal_for_too_few_vouchers_names_how_many_are_missing_and_the_packs_of_the_programme()
    {
        var ended = Pack(1, new(2026, 3, 21), 100);
        var first = Pack(2, new(2026, 3, 22), 10);
        var second = Pack(3, new(2026, 9, 1), 12, taken: 2);
        var later = Pack(4, new(2027, 3, 23), 100);
        var other = Pack(5, new(2026, 9, 1), 100) with { Programme = "mos" };
        var basis = Scene.Basis.WithPacks(later, other, second, first, ended);
        var refusal = Scene.Refused<Refusal.VouchersShort>(BookingRules.Decide(Scene.Wish, basis, WishKind.Booking));
        refusal.Missing.ShouldBe(8);
        refusal.Packs.Select(pack => pack.Id).ShouldBe([ended.Id, first.Id, second.Id, later.Id]);
        var draft = Scene.Accepted(BookingRules.Decide(Scene.Wish with { Seats = 20 }, basis, WishKind.Booking));
        draft.Sitting.Vouchers.ShouldBe([new(first.Id, 10), new(second.Id, 10)]);
        Scene.Accepted(BookingRules.Decide(Scene.Wish with { Seats = 9 }, basis, WishKind.Booking)).Sitting.Vouchers.ShouldBe([new(first.Id, 9)]);
    }

    [Fact]
    public void R07_the_exam_day_is_the_schools()
    {
        // 23:00 in Toronto on the pack's last day is the next day in UTC.
        var basis = Scene.Basis.WithPacks(Pack(1, new(2026, 3, 22), 28));
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = Scene.At(new(2027, 3, 22), 23) }, basis, WishKind.Booking)).ShouldBe("accepted");
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = Scene.At(new(2027, 3, 23), 0) }, basis, WishKind.Booking)).ShouldBe("vouchers_short");
    }

    [Fact]
    public void R07_a_hold_takes_vouchers_as_a_booking_does_and_returns_them_when_it_lapses()
    {
        var basis = Scene.Basis.WithPacks(Scene.Plenty with { Quantity = 50 });
        var hold = Scene.Hold(Scene.Wish, basis, basis.Now + Duration.FromMinutes(10));
        var held = basis.With(hold);
        Scene.Refused<Refusal.VouchersShort>(BookingRules.Decide(Scene.Wish, held, WishKind.Booking)).Missing.ShouldBe(6);
        var later = held with { State = held.State.At(hold.ExpiresAt), Now = hold.ExpiresAt };
        Scene.Code(BookingRules.Decide(Scene.Wish, later, WishKind.Booking)).ShouldBe("accepted");
    }

    [Fact]
    public void R07_the_vouchers_of_a_cancelled_booking_return_to_their_packs()
    {
        var basis = Scene.Basis.WithPacks(Pack(1, new(2026, 4, 1), 20), Pack(2, new(2026, 5, 1), 20));
        var booking = Scene.Book(Scene.Wish, basis);
        booking.Sitting.Vouchers.Length.ShouldBe(2);
        var booked = basis.With(booking);
        booked.State.Packs.Values.Sum(pack => pack.Remaining).ShouldBe(12);
        booked.Without(booking).State.Packs.ShouldBe(basis.State.Packs, ignoreOrder: true);
    }

    /// <summary>Whatever is corrected: either it is refused, or every booking and hold stays covered by valid vouchers, one for each candidate.</summary>
    [Property(MaxTest = 500)]
    public void R07_a_correction_that_is_not_refused_leaves_every_booking_covered(
        byte firstSeats, byte secondSeats, byte heldSeats, sbyte quantity, short shift, bool isVoid, bool hasEnded)
    {
        var pack = Pack(1, new(2026, 4, 1), 60);
        var basis = Scene.Basis.WithPacks(pack);
        Booking Book(LocalDate day, int seats)
        {
            var booking = Scene.Book(Scene.Wish with { Start = Scene.At(day, 10), Seats = seats }, basis);
            basis = basis.With(booking);
            return booking;
        }

        Booking[] bookings = [Book(new(2027, 3, 22), (firstSeats % 20) + 1), Book(new(2027, 3, 30), (secondSeats % 20) + 1)];
        var hold = Scene.Hold(Scene.Wish with { Seats = (heldSeats % 20) + 1 }, basis, basis.Now + Duration.FromDays(100));
        basis = basis.With(hold);
        Booking[] ended = [];
        if (hasEnded)
        {
            var later = bookings[0].Sitting.End;
            basis = basis with { Now = later, State = basis.State.WithoutEnded(later) };
            ended = bookings;
        }

        var stored = basis.State.Packs[pack.Id];
        var corrected = isVoid
            ? stored with { IsVoid = true }
            : stored with { Quantity = Math.Max(1, 60 + quantity), PurchasedOn = pack.PurchasedOn.PlusDays(shift % 400) };
        var refusal = PackRules.Correct(stored, corrected, ended, basis);
        Sitting[] sittings = [.. bookings.Select(booking => booking.Sitting), hold.Sitting];
        var toCome = sittings.Where(sitting => sitting.End > basis.Now).ToList();
        var isCovered = isVoid
            ? toCome.Count == 0
            : corrected.Quantity >= sittings.Sum(sitting => sitting.Seats)
                && sittings.All(sitting =>
                    Compare(Parts(corrected.PurchasedOn), Parts(Day(sitting))) <= 0 && Compare(Parts(Day(sitting)), Ends(corrected)) <= 0);
        (refusal is null).ShouldBe(isCovered);
        if (refusal is Refusal.PackInUse inUse)
            inUse.Bookings.ShouldBeSubsetOf(bookings.Select(booking => booking.Id));
        if (corrected.IsVoid)
            Vouchers.Draw([corrected], "MOS", new(2027, 3, 22), 1).ShouldBeNull();
    }

    /// <summary>Bug: the ids of two bookings with the same start could not be put in an order, and the correction failed.</summary>
    [Fact]
    public void R07_a_correction_names_bookings_and_holds_with_the_same_start()
    {
        var pack = Pack(1, new(2026, 4, 1), 60);
        var basis = Scene.Basis.WithPacks(pack);
        for (var i = 0; i < 2; i++)
        {
            basis = basis.With(Scene.Book(Scene.Wish with { Start = Scene.At(new(2027, 3, 22), 10), Seats = 2 }, basis));
            basis = basis.With(Scene.Hold(Scene.Wish with { Seats = 2 }, basis, basis.Now + Duration.FromDays(100)));
        }

        var refusal = PackRules.Correct(basis.State.Packs[pack.Id], basis.State.Packs[pack.Id] with { IsVoid = true }, [], basis);
        var inUse = refusal.ShouldBeOfType<Refusal.PackInUse>();
        (inUse.Bookings.Length, inUse.Holds.Length).ShouldBe((2, 2));
    }

    private static LocalDate Day(Sitting sitting) => sitting.Start.InZone(Scene.Toronto).Date;

    private static Pack Pack(int id, LocalDate bought, int quantity, int taken = 0) =>
        new(new(new Guid($"00000000-0000-7000-8000-{id:x12}")), "MOS", quantity, bought, taken);

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;

    private static int[] Parts(LocalDate date) => [date.Year, date.Month, date.Day];

    private static int[] Ends(Pack pack)
    {
        var (year, month, day) = pack.PurchasedOn;
        return [year + 1, month, month == 2 && day == 29 ? 28 : day];
    }

    private static int Compare(int[] one, int[] other) => one.AsSpan().SequenceCompareTo(other);
}
