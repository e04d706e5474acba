using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R10_in_the_picture_a_hold_is_free_from_its_instant_on()
    {
        await Done(Making.Capacity(Now, 2, 10));
        var hold = Held(Making.Sitting(Making.School(1), 0, 4, 1));
        await Done(Making.Keep(Now, hold, 0));
        await Done(Making.Book(Now, Making.Sitting(Making.School(2), 0, 3), 0));
        Look(0).ShouldBe(new(10, 3, false));
        Look(1).ShouldBe(new(10, 9, false));
        Ledger.Picture.LapsedSeats(Making.Pool, Now).ShouldBeEmpty();

        Clock.Set(hold.ExpiresAt - Duration.FromTicks(1));
        Look(0).ShouldBe(new(10, 3, false));
        Clock.Set(hold.ExpiresAt);
        Look(0).ShouldBe(new(10, 7, true));
        Look(1).ShouldBe(new(10, 10, true));
        Ledger.Picture.LapsedSeats(Making.Pool, Now).ShouldBe([new(Making.Slot(0).Minutes, 4), new(Making.Slot(1).Minutes, 1)]);

        await Ledger.SweepHolds(Token);
        Look(0).ShouldBe(new(10, 7, false));
        Look(1).ShouldBe(new(10, 10, false));
        Ledger.Picture.LapsedSeats(Making.Pool, Now).ShouldBeEmpty();
    }

    [Fact]
    public async Task R10_a_confirmed_or_released_hold_leaves_the_picture()
    {
        await Done(Making.Capacity(Now, 1, 10));
        var confirmed = Held(Making.Sitting(Making.School(1), 0, 4));
        var released = Held(Making.Sitting(Making.School(2), 0, 3));
        await Done(Making.Keep(Now, confirmed, 0));
        await Done(Making.Keep(Now, released, 0));
        await Done(Making.Confirm(Now, confirmed, 1));
        await Done(Making.Release(Now, released, 1));
        Look(0).ShouldBe(new(10, 6, false));
        Clock.Set(confirmed.ExpiresAt);
        Look(0).ShouldBe(new(10, 6, false));
    }

    [Fact]
    public async Task R10_holds_are_in_the_picture_after_a_restart_and_after_a_capacity_change()
    {
        await Done(Making.Capacity(Now, 2, 10));
        var hold = Held(Making.Sitting(Making.School(1), 0, 4, 2));
        await Done(Making.Keep(Now, hold, 0));
        await Done(Making.Capacity(Now, 2, 8));
        Clock.Set(hold.ExpiresAt);
        Look(1).ShouldBe(new(8, 8, true));
        await Reopen();
        Look(0).ShouldBe(new(8, 8, true));
        Look(1).ShouldBe(new(8, 8, true));
    }

    [Fact]
    public async Task R03_free_seats_are_below_zero_in_a_shortfall()
    {
        await Done(Making.Capacity(Now, 1, 10));
        await Done(Making.Book(Now, Making.Sitting(Making.School(1), 0, 9), 0));
        await Done(Making.Capacity(Now, 1, 6, force: true));
        Look(0).ShouldBe(new(6, -3, false));
        Ledger.Picture.Look(Making.Slot(0, PoolId.Of("nowhere")), Now).ShouldBe(new(0, 0, false));
    }

    [Fact]
    public async Task An_own_commit_is_in_the_picture_before_its_caller_is_answered()
    {
        // Every caller looks right after its answer, while others commit: its own booking is there each time.
        await Done(Making.Capacity(Now, 32, 64));
        await Task.WhenAll(Enumerable.Range(0, 32).Select(school => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await Done(Making.Book(Now, Making.Sitting(Making.School(school), school, 1), i));
                Look(school).ShouldBe(new(64, 63 - i, false));
            }
        })));
    }

    private SlotView Look(int hour) => Ledger.Picture.Look(Making.Slot(hour), Now);
}
