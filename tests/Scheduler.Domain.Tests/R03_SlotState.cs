using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R3 in one slot's memory: seats booked, held and pending never exceed the capacity, a "no" never rests on what is pending, and a doubtful memory says so.</summary>
public sealed class R03_SlotState
{
    private static readonly Instant _now = Scene.Now;

    [Theory]
    [InlineData(10, SlotVerdict.Admitted)]
    [InlineData(11, SlotVerdict.Full)]
    public void R03_a_slot_admits_up_to_its_last_seat(int seats, SlotVerdict verdict)
    {
        var slot = Loaded(capacity: 40, booked: 30);
        slot.Admit(Guid.CreateVersion7(), seats, false, _now).ShouldBe(verdict);
    }

    [Fact]
    public void R03_seats_that_are_pending_let_a_wish_wait_and_never_refuse_it()
    {
        var slot = Loaded(capacity: 40, booked: 0);
        var first = Guid.CreateVersion7();
        slot.Admit(first, 30, false, _now).ShouldBe(SlotVerdict.Admitted);
        slot.Admit(Guid.CreateVersion7(), 11, false, _now).ShouldBe(SlotVerdict.Waits);
        slot.Admit(Guid.CreateVersion7(), 10, false, _now).ShouldBe(SlotVerdict.Admitted);
        slot.Admit(Guid.CreateVersion7(), 41, false, _now).ShouldBe(SlotVerdict.Full);
        slot.Settle(first, 0, null, null);
        slot.Admit(Guid.CreateVersion7(), 30, false, _now).ShouldBe(SlotVerdict.Admitted);
    }

    [Theory]
    [InlineData(-1, SlotVerdict.Full)]
    [InlineData(0, SlotVerdict.Admitted)]
    public void R03_a_holds_seats_are_free_from_its_expiry_on(int ticks, SlotVerdict verdict)
    {
        var slot = new SlotState();
        slot.Load(40, 20, [(HoldId.New(), 20, _now)]);
        slot.Admit(Guid.CreateVersion7(), 1, false, _now + Duration.FromTicks(ticks)).ShouldBe(verdict);
        slot.Taken.ShouldBe(40);
    }

    [Fact]
    public void R03_what_was_freed_for_the_waitlist_is_kept_from_walk_ins_until_it_is_released()
    {
        var slot = Loaded(capacity: 40, booked: 40);
        var cancel = Guid.CreateVersion7();
        slot.Announce(cancel, 10, _now);
        slot.Admit(Guid.CreateVersion7(), 5, false, _now).ShouldBe(SlotVerdict.Full);
        slot.Admit(Guid.CreateVersion7(), 5, true, _now).ShouldBe(SlotVerdict.Waits);
        slot.Settle(cancel, -10, null, null);
        slot.Free(_now).ShouldBe(10);
        slot.Admit(Guid.CreateVersion7(), 5, false, _now).ShouldBe(SlotVerdict.Kept);
        slot.Admit(Guid.CreateVersion7(), 6, true, _now).ShouldBe(SlotVerdict.Admitted);
        slot.Admit(Guid.CreateVersion7(), 5, true, _now).ShouldBe(SlotVerdict.Waits);
        slot.ReleaseKept(cancel);
        slot.Admit(Guid.CreateVersion7(), 4, false, _now).ShouldBe(SlotVerdict.Admitted);
    }

    [Fact]
    public void R03_in_a_shortfall_nothing_is_admitted_and_what_asks_for_nothing_passes()
    {
        var slot = Loaded(capacity: 10, booked: 30);
        slot.Free(_now).ShouldBe(-20);
        slot.Admit(Guid.CreateVersion7(), 1, false, _now).ShouldBe(SlotVerdict.Full);
        slot.Admit(Guid.CreateVersion7(), 0, false, _now).ShouldBe(SlotVerdict.Admitted);
    }

    [Fact]
    public void R03_a_settlement_older_than_the_loading_makes_the_slot_doubtful_and_changes_no_count()
    {
        var slot = Loaded(capacity: 40, booked: 0);
        var ticket = Guid.CreateVersion7();
        slot.Admit(ticket, 30, false, _now);

        // Loaded while the commit was on its way: the 30 are in it already.
        slot.Load(40, 30, []);
        slot.Settle(ticket, 30, null, null);
        slot.Free(_now).ShouldBe(10);
        slot.IsDoubtful.ShouldBeTrue();
    }

    [Fact]
    public void R03_an_unknown_settlement_and_a_fresh_slot_are_doubtful()
    {
        new SlotState().IsDoubtful.ShouldBeTrue();
        var slot = Loaded(capacity: 40, booked: 0);
        slot.IsDoubtful.ShouldBeFalse();
        slot.Settle(Guid.CreateVersion7(), 0, null, null);
        slot.IsDoubtful.ShouldBeFalse();
        slot.Settle(Guid.CreateVersion7(), 3, null, null);
        slot.IsDoubtful.ShouldBeTrue();
    }

    [Fact]
    public void R03_tickets_of_those_who_are_gone_are_forgotten_with_their_seats()
    {
        var slot = Loaded(capacity: 10, booked: 0);
        var ticket = Guid.CreateVersion7();
        slot.Admit(ticket, 10, false, _now);
        slot.Forget(_now);
        slot.Admit(Guid.CreateVersion7(), 1, false, _now).ShouldBe(SlotVerdict.Waits);
        slot.Forget(_now + Duration.FromTicks(1));
        slot.IsDoubtful.ShouldBeTrue();
        slot.Load(10, 0, []);
        slot.Admit(Guid.CreateVersion7(), 10, false, _now).ShouldBe(SlotVerdict.Admitted);
        slot.Settle(ticket, 0, null, null);
        slot.Admit(Guid.CreateVersion7(), 1, false, _now).ShouldBe(SlotVerdict.Waits);
    }

    /// <summary>A random walk of bookings, holds, cancellations, lapses, failed commits and reloads, against lists that are counted anew at each step.</summary>
    [Property(MaxTest = 300)]
    public void R03_whatever_is_admitted_never_exceeds_the_capacity_and_every_verdict_is_the_lists(int seed)
    {
        var random = new Random(seed);
        var now = _now;
        var capacity = random.Next(0, 60);
        var slot = Loaded(capacity, 0);
        List<int> booked = [];
        List<(HoldId Id, int Seats, Instant ExpiresAt)> holds = [];
        List<(Guid Id, int Seats, bool IsHold)> pending = [];
        for (var step = 0; step < 80; step++)
        {
            switch (random.Next(8))
            {
                case < 4:
                    var seats = random.Next(1, 30);
                    var taken = booked.Sum() + holds.Where(hold => now < hold.ExpiresAt).Sum(hold => hold.Seats);
                    var wanted = taken + seats > capacity ? SlotVerdict.Full
                        : taken + pending.Sum(one => one.Seats) + seats > capacity ? SlotVerdict.Waits
                        : SlotVerdict.Admitted;
                    var ticket = Guid.CreateVersion7();
                    slot.Admit(ticket, seats, false, now).ShouldBe(wanted);
                    if (wanted == SlotVerdict.Admitted)
                        pending.Add((ticket, seats, random.Next(3) == 0));
                    break;
                case 4 when pending.Count > 0:
                    var one = pending[random.Next(pending.Count)];
                    pending.Remove(one);
                    if (random.Next(4) == 0)
                    {
                        slot.Settle(one.Id, 0, null, null);
                    }
                    else if (one.IsHold)
                    {
                        holds.Add((HoldId.New(), one.Seats, now + Duration.FromMinutes(random.Next(1, 20))));
                        slot.Settle(one.Id, 0, holds[^1], null);
                    }
                    else
                    {
                        booked.Add(one.Seats);
                        slot.Settle(one.Id, one.Seats, null, null);
                    }

                    break;
                case 5 when booked.Count > 0:
                    var cancel = Guid.CreateVersion7();
                    slot.Announce(cancel, 0, now);
                    slot.Settle(cancel, -booked[0], null, null);
                    booked.RemoveAt(0);
                    break;
                case 6 when holds.Count > 0:
                    var confirm = Guid.CreateVersion7();
                    var hold = holds[0];
                    holds.RemoveAt(0);
                    slot.Announce(confirm, 0, now);
                    if (now < hold.ExpiresAt)
                        booked.Add(hold.Seats);
                    slot.Settle(confirm, now < hold.ExpiresAt ? hold.Seats : 0, null, hold.Id);
                    break;
                default:
                    now += Duration.FromMinutes(random.Next(0, 6));
                    break;
            }

            var live = holds.Where(hold => now < hold.ExpiresAt).Sum(hold => hold.Seats);
            slot.Free(now).ShouldBe(capacity - booked.Sum() - live);
            (booked.Sum() + live + pending.Sum(one => one.Seats)).ShouldBeLessThanOrEqualTo(capacity);
            slot.Taken.ShouldBe(booked.Sum() + holds.Sum(hold => hold.Seats));
            slot.IsDoubtful.ShouldBeFalse();
        }
    }

    private static SlotState Loaded(int capacity, int booked)
    {
        var slot = new SlotState();
        slot.Load(capacity, booked, []);
        return slot;
    }
}
