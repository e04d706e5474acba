using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R9: a waitlist entry that is larger than its pool ever is.</summary>
public sealed class R09_NeverFits
{
    /// <summary>Against every slot of the coming weeks, counted one by one.</summary>
    [Property]
    public void R09_no_slot_to_come_offers_more_than_the_greatest_capacity(byte template, byte later, byte exception, byte past, byte day)
    {
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        var from = today.PlusDays(day % 20);
        var capacity = PoolCapacity.None
            .With(Week(today.PlusDays(-40), today.PlusDays(-1), past))
            .With(Week(from, from.PlusDays(6), template))
            .With(Week(from.PlusDays(7), from.PlusDays(13), later))
            .With(new CapacityException(Scene.Now - Duration.FromHours(30), Scene.Now - Duration.FromHours(20), 999))
            .With(new CapacityException(Scene.At(from, 9), Scene.At(from, 11), exception));
        var grid = new SlotGrid(Scene.Toronto);
        var slots = grid.Starts(Scene.Now + Duration.FromTicks(1), Scene.Now + Duration.FromDays(60)).Select(start => capacity.Seats(start, grid));
        capacity.Greatest(Scene.Now, Scene.Toronto).ShouldBe(slots.Max());
    }

    [Fact]
    public void R09_the_entry_of_as_many_seats_as_the_greatest_hour_may_wait()
    {
        var basis = Scene.Basis.With(new CapacityEntry(Scene.PoolId, PoolCapacity.None.With(Scene.AllHours(30))));
        BookingRules.Join(Scene.Wish with { Seats = 30 }, basis, out _).ShouldBeNull();
        BookingRules.Join(Scene.Wish with { Seats = 31 }, basis, out _).ShouldBe(new Refusal.NeverFits(30));
        var without = basis with { Catalogue = basis.Catalogue with { Capacities = basis.Catalogue.Capacities.Clear() } };
        BookingRules.Join(Scene.Wish with { Seats = 1 }, without, out _).ShouldBe(new Refusal.NeverFits(0));
    }

    private static WeeklyTemplate Week(LocalDate from, LocalDate to, int seats) => Scene.AllHours(seats) with { From = from, To = to };
}
