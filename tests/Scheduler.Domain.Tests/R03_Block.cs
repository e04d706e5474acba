using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R3, R12: what the slots of a block answer together.</summary>
public sealed class R03_Block
{
    /// <summary>The figures are drawn near the seats asked for, so that every outcome is frequent.</summary>
    [Property(Arbitrary = [typeof(Generators)])]
    public void R03_a_closed_slot_comes_before_a_full_one_and_seats_that_a_booking_has_are_free_for_it(Sitting sitting, int moved, int seed)
    {
        var random = new Random(seed);
        var own = moved % 2 == 0 ? null : sitting with { Start = sitting.Start + Duration.FromHours(moved % 3) };
        var slots = Enumerable.Range(0, sitting.Profile.Slots)
            .Select(k => random.Next(5) == 0 ? new SlotFigures(0, -random.Next(3)) : new SlotFigures(100, sitting.Profile[k] + random.Next(-4, 9)))
            .ToArray();
        var adds = Enumerable.Range(0, slots.Length).Where(k => sitting.Profile[k] > Own(k)).ToList();
        var closed = adds.Where(k => slots[k].Capacity == 0).Select(k => sitting.Slot(k).Start).ToList();
        var tooFew = adds.Where(k => sitting.Profile[k] > slots[k].Free + Own(k)).ToList();

        var refusal = BlockRules.Room(sitting, own, slots);
        if (closed.Count > 0)
            refusal.ShouldBeOfType<Refusal.Closed>().Hours.ShouldBe(closed);
        else if (tooFew.Count > 0)
            Enumerable.Range(0, slots.Length).Where(k => refusal.ShouldBeOfType<Refusal.SlotFull>().Slots[k].Missing > 0).ShouldBe(tooFew);
        else
            refusal.ShouldBeNull();

        int Own(int k) => own?.SeatsIn(sitting.Slot(k)) ?? 0;
    }

    /// <summary>Without the room of a slot nobody books; the share comes last.</summary>
    [Fact]
    public void R12_the_share_of_the_first_slot_that_exceeds_it_refuses_with_what_the_institution_has_there()
    {
        var day = LeadTime.Day(Scene.Now, Scene.Toronto).PlusDays(40);
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(day, day))).With(Scene.Exam with { Minutes = 100 });
        var wish = Scene.Wish with { Start = Scene.At(day, 10), Seats = 10 };
        basis = basis.With(Scene.Hold(wish with { Start = Scene.At(day, 11), Seats = 15 }, basis, Instant.MaxValue));

        BlockRules.OfNewBooking(wish, basis, _ => new(100, 10)).ShouldBeNull();
        BlockRules.OfNewBooking(wish, basis, _ => new(99, 9)).ShouldBeOfType<Refusal.SlotFull>();
        var refused = BlockRules.OfNewBooking(wish with { Seats = 11 }, basis, _ => new(100, 100)).ShouldBeOfType<Refusal.FairShareExceeded>();
        refused.ShouldBe(new(Scene.At(day, 11), 25, 15));
        refused.SeatsLeft.ShouldBe(10);
        BlockRules.OfNewBooking(wish with { Exam = ExamId.Of("nothing") }, basis, _ => default).ShouldBeOfType<Refusal.UnknownExam>();
    }
}
