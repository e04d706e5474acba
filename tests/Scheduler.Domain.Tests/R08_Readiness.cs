using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R8: only an institution whose onboarding is complete can book. The refusal lists the open steps. The first online sessions are overseen.</summary>
public sealed class R08_Readiness
{
    /// <summary>Every subset of the four steps, with and without a proctor, in both modes.</summary>
    [Fact]
    public void R08_the_open_steps_are_listed_for_every_state_of_the_onboarding_and_both_modes()
    {
        for (var steps = 0; steps < 16; steps++)
        {
            foreach (var proctors in new[] { 0, 1 })
            {
                var school = Scene.School with { Onboarding = (Onboarding)steps, Proctors = proctors, LabSeats = 0 };
                List<string> common = [];
                if ((steps & 1) == 0) common.Add("agreement");
                if ((steps & 2) == 0) common.Add("purchase");
                school.Open(DeliveryMode.Lab).ShouldBe([.. common, .. (steps & 4) == 0 ? ["itLab"] : Array.Empty<string>()]);
                school.Open(DeliveryMode.Online).ShouldBe(
                    [.. common, .. (steps & 8) == 0 ? ["itOnline"] : Array.Empty<string>(), .. proctors == 0 ? ["proctors"] : Array.Empty<string>()]);
            }
        }
    }

    [Fact]
    public void R08_an_institution_that_is_not_ready_can_neither_book_nor_hold_nor_join_the_waitlist()
    {
        var basis = Scene.Basis with { Institution = Scene.School with { Onboarding = Onboarding.Complete & ~Onboarding.Purchase } };
        foreach (var kind in Enum.GetValues<WishKind>())
            Scene.Refused<Refusal.NotReady>(BookingRules.Decide(Scene.Wish, basis, kind)).Open.ShouldBe(["purchase"]);
        BookingRules.Join(Scene.Wish, basis, out _).ShouldBeOfType<Refusal.NotReady>();
        var hold = Scene.Hold(Scene.Wish, Scene.Basis, Scene.Now + NodaTime.Duration.FromMinutes(10));
        BookingRules.Confirm(hold, basis).ShouldBeOfType<Refusal.NotReady>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void R08_as_many_first_online_sessions_as_the_policy_says_are_overseen(int policy)
    {
        var basis = Scene.Basis.With(Policy.Default with { OverseenSessions = policy });
        basis = basis.With(Scene.Book(Scene.Wish, basis));
        for (var k = 0; k < 5; k++)
        {
            var booking = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online, Seats = 1 }, basis);
            booking.Overseen.ShouldBe(k < policy, $"session {k}");
            BookingRules.IsOverseen(DeliveryMode.Online, basis).ShouldBe(k < policy);
            BookingRules.IsOverseen(DeliveryMode.Lab, basis).ShouldBeFalse();
            basis = basis.With(booking);
        }
    }

    /// <summary>As many overseen sessions stand as the policy says, as long as the institution books on: a cancelled one gives its mark to the next.</summary>
    [Property]
    public void R08_a_cancelled_overseen_session_gives_its_mark_to_the_next_one_booked(byte policy, byte[] steps)
    {
        var basis = Scene.Basis.With(Policy.Default with { OverseenSessions = policy % 4 });
        List<Booking> standing = [];
        foreach (var step in steps)
        {
            if (step % 3 == 0 && standing.Count > 0)
            {
                var cancelled = standing[step % standing.Count];
                standing.Remove(cancelled);
                basis = basis.Without(cancelled);
                continue;
            }

            var isDue = standing.Count(booking => booking.Overseen) < policy % 4;
            standing.Add(Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online, Seats = 1 }, basis));
            basis = basis.With(standing[^1]);
            standing[^1].Overseen.ShouldBe(isDue);
        }
    }

    [Fact]
    public void R08_an_institution_is_no_longer_new_once_a_session_without_oversight_has_ended()
    {
        var basis = Scene.Basis.With(Policy.Default with { OverseenSessions = 0 });
        var booking = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online }, basis);
        basis = basis.With(booking).With(Policy.Default with { OverseenSessions = 3 });
        BookingRules.IsOverseen(DeliveryMode.Online, basis).ShouldBeTrue();
        var end = booking.Sitting.End;
        BookingRules.IsOverseen(DeliveryMode.Online, basis with { Now = end - NodaTime.Duration.Epsilon }).ShouldBeTrue();
        BookingRules.IsOverseen(DeliveryMode.Online, basis with { Now = end }).ShouldBeFalse();
        BookingRules.IsOverseen(DeliveryMode.Online, basis with { Now = end, State = basis.State.WithoutEnded(end) }).ShouldBeFalse();
    }
}
