using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R11: which requests can be queued, why one has no candidate, when one is over, and its tier.</summary>
public sealed class R11_RequestRules
{
    private static readonly LocalDate _today = LeadTime.Day(Scene.Now, Scene.Toronto);

    [Theory]
    [InlineData(60, 60, 9, 17, "mon", CandidateRule.NoDay)]
    [InlineData(60, 66, 9, 9, "", CandidateRule.BlockLength)]
    [InlineData(-5, -3, 9, 17, "", CandidateRule.Past)]
    [InlineData(366, 370, 9, 17, "", CandidateRule.Horizon)]
    [InlineData(3, 13, 9, 17, "", CandidateRule.LeadTime)]
    [InlineData(-5, 13, 9, 17, "", CandidateRule.LeadTime)]
    [InlineData(0, 0, 9, 10, "", CandidateRule.Past)]
    public void R11_the_rule_that_took_the_last_candidate_is_named(int from, int to, int fromHour, int toHour, string days, CandidateRule why)
    {
        // The scene is a Monday, so 60 days ahead is a Friday.
        ImmutableArray<IsoDayOfWeek> weekdays = days == "mon" ? [IsoDayOfWeek.Monday] : [];
        var window = new RequestWindow(_today.PlusDays(from), _today.PlusDays(to), weekdays, fromHour * 60, (toHour * 60) + 30);
        var refusal = RequestRules.Ask(Request(window), false, Scene.Basis, out var candidates).ShouldBeOfType<Refusal.NoCandidates>();
        (refusal.Why, refusal.BlockMinutes, candidates).ShouldBe((why, 60, 0));
    }

    [Fact]
    public void R11_a_window_that_no_whole_hour_fits_is_off_the_grid()
    {
        var day = _today.PlusDays(60);
        RequestRules.Ask(Request(new(day, day, [], 550, 640)), false, Scene.Basis, out _).ShouldBeOfType<Refusal.NoCandidates>().Why
            .ShouldBe(CandidateRule.NotOnSlot);
    }

    [Fact]
    public void R02_the_figures_of_a_request_without_a_candidate_are_those_of_a_booking()
    {
        var short13 = RequestCandidates.WhyNone(Request(new(_today, _today.PlusDays(13), [], 540, 1020)), Scene.Basis);
        (short13.DaysGiven, short13.DaysNeeded, short13.EarliestDate).ShouldBe((13, 14, _today.PlusDays(14)));
        var far = RequestCandidates.WhyNone(Request(new(_today.PlusDays(370), _today.PlusDays(375), [], 540, 1020)), Scene.Basis);
        (far.DaysGiven, far.DaysNeeded, far.LatestDate).ShouldBe((370, 365, _today.PlusDays(365)));
    }

    [Property(Arbitrary = [typeof(R11_RequestCandidates)], MaxTest = 500)]
    public void R11_a_request_is_queued_exactly_when_it_has_a_candidate(R11_RequestCandidates.Situation at)
    {
        var (request, school, catalogue) = (R11_RequestCandidates.RequestOf(at), R11_RequestCandidates.SchoolOf(at), R11_RequestCandidates.CatalogueOf(at));
        var basis = new DecisionBasis(school, Scene.State, catalogue, at.Now);
        var found = RequestCandidates.Of(request, school, catalogue, at.Now).Length;
        var refusal = RequestRules.Ask(request, false, basis, out var candidates);
        candidates.ShouldBe(found);
        (refusal is null).ShouldBe(found > 0);
        // A request that is over has no candidate, now and later.
        if (RequestRules.IsOver(request, basis))
            refusal.ShouldBeOfType<Refusal.NoCandidates>();
    }

    [Fact]
    public void R08_and_the_catalogue_refuse_before_the_candidates_are_counted()
    {
        var request = Request(new(_today, _today, [], 540, 1020));
        RequestRules.Ask(request with { Exam = ExamId.Of("x") }, false, Scene.Basis, out _).ShouldBeOfType<Refusal.UnknownExam>();
        RequestRules.Ask(request with { Pool = PoolId.Of("x") }, false, Scene.Basis, out _).ShouldBeOfType<Refusal.UnknownPool>();
        RequestRules.Ask(request, true, Scene.Basis, out _).ShouldBeOfType<Refusal.NotOnSlot>();
        var notReady = Scene.Basis with { Institution = Scene.School with { Onboarding = Onboarding.None } };
        RequestRules.Ask(request, false, notReady, out _).ShouldBeOfType<Refusal.NotReady>();
    }

    [Fact]
    public void R11_a_request_is_over_when_its_last_day_leaves_fewer_days_than_the_policy_asks_for()
    {
        // The last day of the window is a Sunday, and only Mondays count: 22 March, 21 days ahead.
        var request = Request(new(_today, new(2027, 3, 28), [IsoDayOfWeek.Monday], 540, 1020));
        var last = Scene.Now + Duration.FromDays(7);
        RequestRules.IsOver(request, Scene.Basis with { Now = last }).ShouldBeFalse();
        RequestRules.IsOver(request, Scene.Basis with { Now = last + Duration.FromDays(1) }).ShouldBeTrue();
        // A season may be changed back, so it ends nothing.
        var season = Scene.Basis.With(new SeasonEntry(Scene.Season(new(2027, 3, 1), new(2027, 4, 1), 30)));
        RequestRules.IsOver(request, season).ShouldBeFalse();
        RequestRules.Ask(request, false, season, out _).ShouldBeOfType<Refusal.NoCandidates>().Why.ShouldBe(CandidateRule.LeadTime);
        RequestRules.StatusOf(request, Scene.Basis with { Now = last + Duration.FromDays(1) }).ShouldBe(RequestStatus.Expired);
        RequestRules.StatusOf(request with { Status = RequestStatus.Withdrawn }, Scene.Basis with { Now = last + Duration.FromDays(9) })
            .ShouldBe(RequestStatus.Withdrawn);
    }

    [Fact]
    public void R11_a_request_for_more_seats_than_the_pool_ever_has_is_impossible_unless_a_part_fits()
    {
        var day = _today.PlusDays(30);
        var request = Request(new(day, day, [], 540, 1020)) with { Seats = 1_001, Profile = new([1_001]) };
        var refusal = RequestTiers.Everywhere(request, Scene.Basis, out var candidates).ShouldBeOfType<Refusal.NeverFits>();
        (RequestTiers.Of(refusal), candidates).ShouldBe((RequestTier.Impossible, 8));
        RequestTiers.Everywhere(request with { MinGroup = 1_000 }, Scene.Basis, out _).ShouldBeNull();
        RequestTiers.Everywhere(request with { PlacedSeats = 1 }, Scene.Basis, out _).ShouldBeNull();
    }

    [Fact]
    public void R11_a_request_that_its_pool_could_never_seat_is_not_queued()
    {
        // Eight candidates of at most 1,000 seats.
        var day = _today.PlusDays(30);
        var request = Request(new(day, day, [], 540, 1020));
        Refusal? Ask(Request asked, DecisionBasis? basis = null) => RequestRules.Ask(asked, false, basis ?? Scene.Basis, out _);
        Ask(request with { Seats = 1_000 }).ShouldBeNull();
        Ask(request with { Seats = 1_001 }).ShouldBe(new Refusal.NeverFits(1_000));
        Ask(request with { Seats = 1_001, PlacedSeats = 1 }).ShouldBeNull();
        Ask(request with { Seats = 8_000, MinGroup = 1_000 }).ShouldBeNull();
        Ask(request with { Seats = 8_001, MinGroup = 1 }).ShouldBe(new Refusal.NeverFits(1_000));
        Ask(request with { Seats = 2_000, MinGroup = 1_001 }).ShouldBe(new Refusal.NeverFits(1_000));
        // A pool without capacity to come may get some.
        Ask(request with { Seats = 1_001 }, Scene.Basis.With(new CapacityEntry(Scene.PoolId, PoolCapacity.None))).ShouldBeNull();
    }

    [Fact]
    public void R11_the_tiers_tell_what_the_school_and_what_a_rule_keeps()
    {
        RequestTiers.Of(new Refusal.NotReady([])).ShouldBe(RequestTier.NotReady);
        RequestTiers.Of(new Refusal.NoCandidates(CandidateRule.LeadTime, 60)).ShouldBe(RequestTier.Blocked);
        RequestTiers.Of(new Refusal.NoCandidates(CandidateRule.BlockLength, 60)).ShouldBe(RequestTier.Impossible);
        RequestTiers.Of(new Refusal.VouchersShort(1, [])).ShouldBe(RequestTier.Blocked);
        RequestTiers.Of(new Refusal.SlotFull([], [])).ShouldBe(RequestTier.ForSeats);
        RequestTiers.Of(new Refusal.Retired("pool", "p")).ShouldBe(RequestTier.Impossible);
    }

    private static Request Request(RequestWindow window) => new()
    {
        Id = RequestId.New(),
        Institution = Scene.SchoolId,
        Exam = Scene.ExamId,
        Pool = Scene.PoolId,
        PreferredStart = Scene.Wish.Start,
        Seats = 30,
        Profile = new([30]),
        Mode = DeliveryMode.Lab,
        Windows = [window],
    };
}
