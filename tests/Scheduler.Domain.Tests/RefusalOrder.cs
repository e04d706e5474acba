using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// The order of refusals in http-api.md, section 5: for every two codes there is a basis that breaks both rules, and the earlier code is the answer.
/// </summary>
public sealed class RefusalOrder
{
    // Each breach breaks one rule and leaves the others alone, so that any two breaches can be combined.
    private static readonly (string Code, Func<Broken, Broken> Breach)[] _breaches =
    [
        ("unknown_exam", on => on with { Wish = on.Wish with { Exam = ExamId.Of("nowhere") } }),
        ("unknown_pool", on => on with { Wish = on.Wish with { Pool = PoolId.Of("nowhere") } }),
        ("retired", on => on with { Exam = on.Exam with { Retired = on.Now } }),
        ("pool_cannot_serve_exam", on => on with { Exam = on.Exam with { Pools = [PoolId.Of("another")] } }),
        ("mode_not_offered", on => on with { Exam = on.Exam with { Modes = [] } }),
        ("not_on_slot", on => on with { Wish = on.Wish with { Start = on.Wish.Start + Duration.FromMinutes(1) } }),
        ("not_ready", on => on with { School = on.School with { Onboarding = Onboarding.None } }),
        ("past", on => on with { Now = on.Wish.Start + Duration.FromHours(1) }),
        ("horizon", on => on with { Policy = on.Policy with { HorizonDays = 5 } }),
        ("lead_time", on => on with { Policy = on.Policy with { LeadTimeDays = 200 } }),
        ("collecting", on => on with { Season = Scene.Season(new(2027, 1, 1), new(2027, 12, 31), 0, collectUntil: Instant.FromUtc(2028, 1, 1, 0, 0)) }),
        ("lab_seats_exceeded", on => on with { School = on.School with { LabSeats = 0 } }),
        ("vouchers_short", on => on with { Pack = on.Pack with { Taken = on.Pack.Quantity } }),
        ("hold_limit", on => on with { Policy = on.Policy with { MaxHolds = 0 } }),
    ];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        for (var first = 0; first < _breaches.Length; first++)
        {
            for (var second = first; second < _breaches.Length; second++)
                pairs.Add(_breaches[first].Code, _breaches[second].Code);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_two_broken_rules_the_earlier_one_refuses(string first, string second)
    {
        var broken = Break(second, Break(first, new()));
        Decide(broken).ShouldBe(first);
        Decide(Break(first, new())).ShouldBe(first);
        Decide(Break(second, new())).ShouldBe(second);
    }

    [Fact]
    public void With_all_rules_broken_the_first_refuses_and_after_each_repair_the_next()
    {
        for (var from = 0; from < _breaches.Length; from++)
            Decide(_breaches[from..].Aggregate(new Broken(), (on, breach) => breach.Breach(on))).ShouldBe(_breaches[from].Code);
        Decide(new()).ShouldBe("accepted");
    }

    [Fact]
    public void Proctors_are_checked_where_lab_seats_are()
    {
        var online = new Broken { Wish = Scene.Wish with { Mode = DeliveryMode.Online }, Policy = Policy.Default with { CandidatesPerProctor = 0 } };
        Decide(online).ShouldBe("proctors_exceeded");
        Decide(Break("collecting", online)).ShouldBe("collecting");
        Decide(Break("vouchers_short", online)).ShouldBe("proctors_exceeded");
    }

    /// <summary>First the rules that keep a booking from being changed, in the order cancelled, begun, cut-off; then the rules for the new block.</summary>
    [Fact]
    public void A_change_is_first_refused_for_a_booking_that_cannot_be_changed()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var begun = Scene.Basis with { Now = booking.Sitting.Start };
        var offGrid = Scene.Wish.Start + Duration.FromMinutes(7);
        var cancelled = booking with { Status = BookingStatus.Cancelled };
        Scene.Code(BookingRules.Reschedule(cancelled, offGrid, null, begun)).ShouldBe("booking_cancelled");
        Scene.Code(BookingRules.Reschedule(booking, offGrid, null, begun)).ShouldBe("sitting_begun");
        Scene.Code(BookingRules.Reschedule(booking, offGrid, null, begun with { Now = begun.Now - Duration.FromHours(1) })).ShouldBe("cutoff_passed");
        Scene.Code(BookingRules.Reschedule(booking, offGrid, null, Scene.Basis)).ShouldBe("not_on_slot");
        Scene.Code(BookingRules.Resize(cancelled, 1000, [], null, begun)).ShouldBe("booking_cancelled");
        Scene.Code(BookingRules.Resize(booking, 1000, [], null, begun)).ShouldBe("sitting_begun");
        Scene.Code(BookingRules.Resize(booking, 1000, [], null, begun with { Now = begun.Now - Duration.FromHours(1) })).ShouldBe("lead_time");
    }

    /// <summary>
    /// A local start that the clocks skip is refused at the place of a start off the grid: after the exam, pool and mode, before all other rules.
    /// </summary>
    [Fact]
    public void A_skipped_hour_is_refused_where_a_start_off_the_grid_is()
    {
        var before = _breaches.TakeWhile(breach => breach.Code != "not_on_slot").Select(breach => breach.Code).ToList();
        before[^1].ShouldBe("mode_not_offered");
        foreach (var (code, breach) in _breaches)
        {
            var broken = breach(new());
            broken = broken with { Wish = broken.Wish with { IsSkippedHour = true } };
            var expected = before.Contains(code) ? code : "not_on_slot";
            Decide(broken).ShouldBe(expected);
            BookingRules.Join(broken.Wish, broken.Basis, out _)?.Code.ShouldBe(expected);
        }

        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var begun = Scene.Basis with { Now = booking.Sitting.Start };
        var cancelled = booking with { Status = BookingStatus.Cancelled };
        var start = Scene.Wish.Start;
        Scene.Code(BookingRules.Reschedule(cancelled, start, null, begun, isSkippedHour: true)).ShouldBe("booking_cancelled");
        Scene.Code(BookingRules.Reschedule(booking, start, null, begun, isSkippedHour: true)).ShouldBe("sitting_begun");
        var late = begun with { Now = begun.Now - Duration.FromHours(1) };
        Scene.Code(BookingRules.Reschedule(booking, start, null, late, isSkippedHour: true)).ShouldBe("cutoff_passed");
    }

    [Fact]
    public void An_override_lifts_the_lead_time_alone()
    {
        foreach (var (code, breach) in _breaches)
        {
            var broken = breach(new Broken());
            broken = broken with { Wish = broken.Wish with { OverrideReason = "agreed" } };
            Decide(broken).ShouldBe(code == "lead_time" ? "accepted" : code);
        }
    }

    /// <summary>An entry of the waitlist must keep the rules of a booking up to the dates. While a season collects requests, an entry may join.</summary>
    [Fact]
    public void Joining_the_waitlist_checks_the_same_rules_up_to_the_dates()
    {
        foreach (var (code, breach) in _breaches)
        {
            var broken = breach(new Broken());
            var answer = BookingRules.Join(broken.Wish, broken.Basis, out _)?.Code;
            answer.ShouldBe(code is "collecting" or "lab_seats_exceeded" or "vouchers_short" or "hold_limit" ? null : code);
        }
    }

    private static string Decide(Broken broken) => Scene.Code(BookingRules.Decide(broken.Wish, broken.Basis, WishKind.Hold));

    private static Broken Break(string code, Broken on) => _breaches.Single(breach => breach.Code == code).Breach(on);

    private sealed record Broken
    {
        public BookingWish Wish { get; init; } = Scene.Wish;

        public Exam Exam { get; init; } = Scene.Exam;

        public Institution School { get; init; } = Scene.School;

        public Policy Policy { get; init; } = Policy.Default;

        public Pack Pack { get; init; } = Scene.Plenty;

        public Season? Season { get; init; }

        public Instant Now { get; init; } = Scene.Now;

        public DecisionBasis Basis
        {
            get
            {
                var basis = (Scene.Basis with { Institution = School, Now = Now }).With(Exam).With(Policy).WithPacks(Pack);
                return Season is null ? basis : basis.With(new SeasonEntry(Season));
            }
        }
    }
}
