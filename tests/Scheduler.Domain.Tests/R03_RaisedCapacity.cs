using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R3: seats that advice adds, slot by slot.</summary>
public sealed class R03_RaisedCapacity
{
    [Property]
    public void R03_every_slot_offers_what_it_offered_and_the_seats_that_its_ranges_add(byte template, byte exception, byte[] from, byte length, byte add)
    {
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        var grid = new SlotGrid(Scene.Toronto);
        var begin = Scene.At(today, 0);
        var known = PoolCapacity.None.With(Scene.AllHours(template)).With(new CapacityException(Scene.At(today, 9), Scene.At(today, 15), exception));
        var added = from.Take(5).Select(hour => new AddedHours(
            begin + Duration.FromHours(hour % 40), begin + Duration.FromHours((hour % 40) + 1 + (length % 9)), add + 1)).ToList();
        var raised = known.Raised([.. added], grid).Aggregate(known, (before, one) => before.With(one));
        foreach (var start in grid.Starts(begin, begin + Duration.FromHours(60)))
        {
            var more = added.Where(range => range.From <= start && start < range.To).Sum(range => range.Add);
            raised.Seats(start, grid).ShouldBe(known.Seats(start, grid) + more);
        }
    }

    [Fact]
    public void R03_touching_slots_of_equal_seats_share_an_exception_and_no_slot_has_more_than_a_slot_can()
    {
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        var known = PoolCapacity.None.With(Scene.AllHours(10));
        known.Raised([new(Scene.At(today, 9), Scene.At(today, 12), 5), new(Scene.At(today, 14), Scene.At(today, 15), Limits.Seats)], new(Scene.Toronto))
            .ShouldBe([new(Scene.At(today, 9), Scene.At(today, 12), 15), new(Scene.At(today, 14), Scene.At(today, 15), Limits.Seats)]);
    }
}
