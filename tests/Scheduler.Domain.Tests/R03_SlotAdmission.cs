using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R3, R9, R10 at one slot: how the slot answers a caller that asks for seats.</summary>
public sealed class R03_SlotAdmission
{
    [Theory]
    [InlineData(10, SlotVerdict.Admitted)]
    [InlineData(11, SlotVerdict.Full)]
    public void R03_a_slot_admits_up_to_its_last_seat(int seats, SlotVerdict verdict) =>
        SlotAdmission.Decide(seats, free: 10, SlotAsker.WalkIn, hasLapsed: false, hasRound: false).ShouldBe(verdict);

    [Fact]
    public void R03_a_slot_in_a_shortfall_admits_no_new_seat_but_answers_with_its_figures()
    {
        SlotAdmission.Decide(1, free: -3, SlotAsker.WalkIn, hasLapsed: false, hasRound: false).ShouldBe(SlotVerdict.Full);
        SlotAdmission.Decide(0, free: -3, SlotAsker.WalkIn, hasLapsed: true, hasRound: true).ShouldBe(SlotVerdict.Admitted);
    }

    [Fact]
    public void R09_free_seats_are_kept_from_walk_ins_while_a_round_runs()
    {
        SlotAdmission.Decide(1, free: 5, SlotAsker.WalkIn, hasLapsed: false, hasRound: true).ShouldBe(SlotVerdict.AfterRound);
        SlotAdmission.Decide(1, free: 5, SlotAsker.Waitlist, hasLapsed: false, hasRound: true).ShouldBe(SlotVerdict.Admitted);
        // A round frees no seat, so a slot that is full answers at once, before the round ends.
        SlotAdmission.Decide(6, free: 5, SlotAsker.WalkIn, hasLapsed: false, hasRound: true).ShouldBe(SlotVerdict.Full);
    }

    [Fact]
    public void R09_a_walk_in_right_after_a_lapse_comes_behind_the_waitlist()
    {
        SlotAdmission.Decide(1, free: 5, SlotAsker.WalkIn, hasLapsed: true, hasRound: false).ShouldBe(SlotVerdict.AfterSweep);
        SlotAdmission.Decide(1, free: 5, SlotAsker.Waitlist, hasLapsed: true, hasRound: false).ShouldBe(SlotVerdict.Admitted);
    }

    [Property]
    public void R03_a_slot_never_admits_more_than_its_free_seats(int seats, int free, bool isWaitlist, bool hasLapsed, bool hasRound)
    {
        var verdict = SlotAdmission.Decide(seats, free, isWaitlist ? SlotAsker.Waitlist : SlotAsker.WalkIn, hasLapsed, hasRound);
        if (verdict == SlotVerdict.Admitted && seats > 0)
            seats.ShouldBeLessThanOrEqualTo(free);
        if (isWaitlist)
            verdict.ShouldBe(seats > 0 && seats > free ? SlotVerdict.Full : SlotVerdict.Admitted);
    }
}
