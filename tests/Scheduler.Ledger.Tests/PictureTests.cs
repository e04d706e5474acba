using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>The picture in memory, without a database.</summary>
public sealed class PictureTests
{
    private static readonly Instant _now = Instant.FromUtc(2027, 1, 4, 12, 0);

    [Fact]
    public void A_value_never_goes_back_and_takes_its_holds_along()
    {
        var picture = new SeasonPicture(versioned: true);
        var hold = new HeldSeats(HoldId.New(), 4, _now);
        picture.Apply([new SlotSeats(Making.Slot(0), 10, 4) { Version = 2, Holds = [hold] }]);
        picture.Apply([new SlotSeats(Making.Slot(0), 10, 6) { Version = 4 }]);
        picture.Apply([new SlotSeats(Making.Slot(0), 10, 4) { Version = 3, Holds = [hold] }]);
        picture.Look(Making.Slot(0), _now).ShouldBe(new(10, 4, false));
    }

    [Fact]
    public void Slots_at_half_past_and_before_the_first_one_keep_their_holds()
    {
        var picture = new SeasonPicture(versioned: false);
        var late = new SlotHour(Making.Pool, Making.StartMinutes + 30);
        var early = new SlotHour(Making.Pool, Making.StartMinutes + 30 - (60 * 24 * 60));
        picture.Apply([new SlotSeats(late, 10, 4) { Holds = [new(HoldId.New(), 4, _now)] }]);
        picture.Apply([new SlotSeats(early, 5, 5) { Holds = [new(HoldId.New(), 2, _now)] }]);
        picture.Look(late, _now).ShouldBe(new(10, 10, true));
        picture.Look(early, _now).ShouldBe(new(5, 2, true));
        picture.LapsedSeats(Making.Pool, _now).ShouldBe([new(early.Minutes, 2), new(late.Minutes, 4)]);
    }

    [Fact]
    public void Lapsed_seats_cost_no_allocation_while_no_hold_has_lapsed()
    {
        var picture = new SeasonPicture(versioned: false);
        picture.Apply([new SlotSeats(Making.Slot(0), 10, 4) { Holds = [new(HoldId.New(), 4, _now + Duration.FromTicks(1))] }]);
        picture.LapsedSeats(Making.Pool, _now).ShouldBeEmpty();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _ = picture.LapsedSeats(Making.Pool, _now);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_never_sees_half_a_change()
    {
        // The writer swaps between two values of a slot whose free seats are 6 in both; a mixture of the two has 2 or 10.
        var picture = new SeasonPicture(versioned: false);
        var held = new SlotSeats(Making.Slot(0), 10, 8) { Holds = [new(HoldId.New(), 4, _now)] };
        var swept = new SlotSeats(Making.Slot(0), 10, 4);
        picture.Apply([held]);
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 200_000; i++)
                picture.Apply([i % 2 == 0 ? swept : held]);
        }, TestContext.Current.CancellationToken);
        while (!writer.IsCompleted)
            picture.Look(Making.Slot(0), _now).Free.ShouldBe(6);
        await writer;
    }
}
