using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R15: a booking keeps the programme and minutes that it was made under, whatever the exam becomes.</summary>
public sealed class R15_Terms
{
    private static readonly Pack _first = new(new(new("00000000-0000-7000-8000-000000000002")), "MOS", 40, new(2026, 4, 1), 0);
    private static readonly DecisionBasis _rich = Scene.Basis.WithPacks(Scene.Plenty, _first);

    [Property(Arbitrary = [typeof(Generators)])]
    public void R15_a_new_booking_or_hold_takes_the_exam_as_the_exam_is(ExamTerms terms)
    {
        var basis = _rich.With(Exam(terms)).WithPacks(Scene.Plenty with { Programme = terms.Programme });
        foreach (var kind in Enum.GetValues<WishKind>())
        {
            var sitting = Scene.Accepted(BookingRules.Decide(Scene.Wish, basis, kind)).Sitting;
            sitting.Terms.ShouldBe(terms);
            sitting.Profile.ShouldBe(BlockLength.Profile(terms, sitting.Seats, []));
        }
    }

    [Property(Arbitrary = [typeof(Generators)])]
    public void R15_every_change_of_a_booking_is_as_if_the_exam_had_never_changed(ExamTerms terms)
    {
        var booking = Scene.Book(Scene.Wish with { Accommodations = [new(2, 50)] }, _rich);
        var changed = _rich.With(Exam(terms)).With(booking).Without(booking);
        var same = _rich.With(booking).Without(booking);
        foreach (var hours in new[] { 1, 24, 200 })
        {
            var start = booking.Sitting.Start + Duration.FromHours(hours);
            Same(BookingRules.Reschedule(booking, start, null, changed), BookingRules.Reschedule(booking, start, null, same));
        }

        foreach (var (seats, extra) in new[] { (1, 0), (28, 0), (28, 2), (29, 2), (40, 40), (5_000, 0), (6_000, 0) })
        {
            Accommodation[] groups = extra > 0 ? [new(extra, 50)] : [];
            Same(BookingRules.Resize(booking, seats, [.. groups], null, changed), BookingRules.Resize(booking, seats, [.. groups], null, same));
        }
    }

    /// <summary>Bug: the vouchers of a booking that shrank were drawn from packs of the exam's new programme, or not drawn afresh at all.</summary>
    [Fact]
    public void R15_a_booking_that_shrinks_keeps_vouchers_of_its_own_programme()
    {
        var booking = Scene.Book(Scene.Wish with { Seats = 60 }, _rich);
        booking.Sitting.Vouchers.ShouldBe([new(_first.Id, 40), new(Scene.Plenty.Id, 20)]);
        var other = Scene.Plenty with { Id = PackId.New(), Programme = "ACP" };
        var basis = Scene.Basis.WithPacks(Scene.Plenty, _first, other).With(Scene.Exam with { Programme = "ACP", Pools = [], Modes = [] });
        Scene.Accepted(BookingRules.Resize(booking, 45, [], null, basis)).Sitting.Vouchers.ShouldBe([new(_first.Id, 40), new(Scene.Plenty.Id, 5)]);
    }

    /// <summary>After a change of the institution's zone the exam day is another day, on which the packs may no longer be valid.</summary>
    [Fact]
    public void R15_a_booking_that_shrinks_keeps_its_vouchers_after_the_zone_has_changed()
    {
        var ends = Scene.Plenty with { PurchasedOn = new(2026, 3, 22) };
        var basis = Scene.Basis.WithPacks(ends);
        var booking = Scene.Book(Scene.Wish, basis);
        var auckland = basis with { Institution = Scene.School with { Zone = DateTimeZoneProviders.Tzdb["Pacific/Auckland"] } };
        LeadTime.Day(booking.Sitting.Start, auckland.Institution.Zone).ShouldBe(ends.ExpiresOn.PlusDays(1));
        Scene.Accepted(BookingRules.Resize(booking, 20, [], null, auckland)).Sitting.Vouchers.ShouldBe([new(ends.Id, 20)]);
        Scene.Code(BookingRules.Resize(booking, 30, [], null, auckland)).ShouldBe("vouchers_short");
    }

    /// <summary>The pools and modes are not promised: where the exam is no longer offered, a booking neither moves nor grows.</summary>
    [Fact]
    public void R15_a_booking_moves_only_where_the_exam_is_still_offered()
    {
        var booking = Scene.Book(Scene.Wish, _rich);
        var moved = booking.Sitting.Start + Duration.FromHours(1);
        Scene.Code(BookingRules.Reschedule(booking, moved, null, _rich.With(Scene.Exam with { Pools = [] }))).ShouldBe("pool_cannot_serve_exam");
        Scene.Code(BookingRules.Reschedule(booking, moved, null, _rich.With(Scene.Exam with { Modes = [DeliveryMode.Online] }))).ShouldBe("mode_not_offered");
        Scene.Code(BookingRules.Resize(booking, 29, [], null, _rich.With(Scene.Exam with { Pools = [] }))).ShouldBe("pool_cannot_serve_exam");
    }

    private static Exam Exam(ExamTerms terms) => Scene.Exam with
    {
        Programme = terms.Programme,
        Minutes = terms.Minutes,
        CheckInMinutes = terms.CheckInMinutes,
        ResetMinutes = terms.ResetMinutes,
    };

    private static void Same(Decision actual, Decision expected)
    {
        Scene.Code(actual).ShouldBe(Scene.Code(expected));
        if (expected is not Decision.Accepted(var draft))
            return;
        var sitting = Scene.Accepted(actual).Sitting;
        (sitting.Terms, sitting.Profile, sitting.End).ShouldBe((draft.Sitting.Terms, draft.Sitting.Profile, draft.Sitting.End));
        sitting.Vouchers.ShouldBe(draft.Sitting.Vouchers);
    }
}
