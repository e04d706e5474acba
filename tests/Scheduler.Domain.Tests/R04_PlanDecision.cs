using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R4, R11: which entries of a plan are applied. The properties compare with sums that share no code with the decision, and with every set of the entries.
/// </summary>
[Properties(Arbitrary = [typeof(PlanScene)], MaxTest = 500)]
public sealed class R04_PlanDecision
{
    private static readonly OperatorAct _act = new(OperatorActKind.Moved, Scene.Now, "plan");

    [Property]
    public void R04_what_a_plan_applies_exceeds_no_slot_no_limit_and_no_pack(PlanScene scene)
    {
        var (basis, entries) = scene.Make();
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        var before = Sums.Of(basis.States);
        var after = Sums.Of(outcome.States);
        after.Breaks(scene, before).ShouldBeFalse();
        // Every entry has one result, and an applied group has at least one entry.
        var applied = outcome.Groups.SelectMany(group => group).Select(entry => entry.Index).ToList();
        applied.Concat(outcome.Stale.Keys).Order().ShouldBe(Enumerable.Range(0, entries.Length));
        outcome.Groups.ShouldAllBe(group => !group.IsEmpty);
    }

    [Property]
    public void R04_a_booking_is_in_one_place_and_keeps_its_candidates(PlanScene scene)
    {
        var (basis, entries) = scene.Make();
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        var applied = outcome.Groups.SelectMany(group => group).ToDictionary(entry => entry.Index);
        for (var i = 0; i < entries.Length; i++)
        {
            var (old, now) = (basis.States[entries[i].Institution], outcome.States[entries[i].Institution]);
            if (entries[i] is PlanEntry.Move move)
            {
                var (was, ends) = (old.Bookings[move.Booking], now.Bookings[move.Booking]);
                ends.Sitting.Seats.ShouldBe(was.Sitting.Seats);
                ends.Sitting.Vouchers.Sum(draw => draw.Vouchers).ShouldBe(was.Sitting.Seats);
                (ends.Sitting.Start, ends.Version, ends.OperatorAct).ShouldBe(
                    applied.ContainsKey(i) ? (move.To, was.Version + 1, _act) : (was.Sitting.Start, was.Version, null));
            }
            else if (entries[i] is PlanEntry.Placement placement)
            {
                now.Requests.ContainsKey(placement.Request).ShouldBe(!applied.ContainsKey(i));
                if (!applied.TryGetValue(i, out var entry))
                    continue;
                var placed = entry.ShouldBeOfType<AppliedEntry.Placed>();
                now.Bookings[entry.Booking.Id].Sitting.Start.ShouldBe(placement.Start);
                (placed.After.Status, placed.After.PlacedSeats, placed.After.Booking).ShouldBe((RequestStatus.Placed, placement.Seats, entry.Booking.Id));
            }
        }
    }

    /// <summary>An entry whose request or booking is as the plan saw it is stale only when no set of the stale entries with it would fit.</summary>
    [Property]
    public void R04_no_set_of_the_entries_left_would_fit_together(PlanScene scene)
    {
        var (basis, entries) = scene.Make();
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        var before = Sums.Of(outcome.States);
        var left = outcome.Stale.Where(pair => pair.Value is not "changed").Select(pair => entries[pair.Key]).ToList();
        for (var set = 1; set < 1 << left.Count; set++)
        {
            var sums = before.Copy();
            for (var i = 0; i < left.Count; i++)
            {
                if ((set >> i & 1) == 1)
                    sums.Apply(left[i], outcome.States);
            }

            sums.Breaks(scene, before).ShouldBeTrue($"{set}: {string.Join(", ", left)}");
        }
    }

    /// <summary>An entry with another version is stale, whatever the seats are, and every other entry is decided as if it were not there.</summary>
    [Property]
    public void R04_a_changed_request_or_booking_makes_its_entry_stale_and_no_other(PlanScene scene)
    {
        var (basis, entries) = scene.Make();
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        var changed = Enumerable.Range(0, entries.Length).Where(i => VersionOf(entries[i]) != 1).ToList();
        changed.ShouldAllBe(i => outcome.Stale[i] == "changed");
        outcome.Stale.Where(pair => pair.Value == "changed").Select(pair => pair.Key).ShouldBe(changed);
        ImmutableArray<PlanEntry> others = [.. entries.Where(entry => VersionOf(entry) == 1)];
        var alone = PlanDecision.Decide(basis, others, _act, BookingId.New);
        Texts(alone, others).ShouldBe(Texts(outcome, entries).Where(text => !text.EndsWith("changed", StringComparison.Ordinal)));
    }

    [Fact]
    public void R04_two_full_bookings_of_two_schools_swap_their_slots()
    {
        var (basis, entries) = Ring(2);
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        outcome.Stale.ShouldBeEmpty();
        outcome.Groups.ShouldHaveSingleItem().Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void R04_a_ring_of_full_slots_turns_in_one_group(int length)
    {
        var (basis, entries) = Ring(length);
        PlanDecision.Decide(basis, entries, _act, BookingId.New).Groups.ShouldHaveSingleItem().Length.ShouldBe(length);
    }

    /// <summary>Rings that do not touch each other are groups of their own, so that they can be applied in different transactions.</summary>
    [Fact]
    public void R04_each_ring_is_a_group_of_its_own()
    {
        var (basis, entries) = Ring(6);
        for (var i = 0; i < 6; i++)
            entries = entries.SetItem(i, (PlanEntry.Move)entries[i] with { To = PlanScene.Hour(i ^ 1) });
        var outcome = PlanDecision.Decide(basis, entries, _act, BookingId.New);
        outcome.Groups.Select(group => group.Select(entry => entry.Index)).ShouldBe([[0, 1], [2, 3], [4, 5]]);
    }

    [Fact]
    public void R04_when_one_of_a_ring_has_changed_all_of_the_ring_is_stale()
    {
        var (basis, entries) = Ring(3);
        var changed = entries.SetItem(1, (PlanEntry.Move)entries[1] with { Version = 2 });
        var outcome = PlanDecision.Decide(basis, changed, _act, BookingId.New);
        outcome.Groups.ShouldBeEmpty();
        outcome.Stale.Values.ShouldBe(["slot_full", "changed", "slot_full"]);
    }

    [Fact]
    public void R04_a_chain_is_applied_from_its_free_end_one_by_one()
    {
        // The last booking of the ring goes to a free hour instead: then each of the others follows alone.
        var (basis, entries) = Ring(4);
        var free = PlanScene.Hour(5);
        var slots = new Dictionary<SlotHour, SlotFigures>(basis.Slots) { [new(Scene.PoolId, SlotMinutes.Of(free))] = new(4, 4) };
        var outcome = PlanDecision.Decide(
            basis with { Slots = slots }, entries.SetItem(3, (PlanEntry.Move)entries[3] with { To = free }), _act, BookingId.New);
        outcome.Stale.ShouldBeEmpty();
        outcome.Groups.Select(group => group.ShouldHaveSingleItem().Index).ShouldBe([3, 2, 1, 0]);
    }

    [Fact]
    public void R11_a_plan_moves_nothing_out_of_the_frozen_zone_nor_into_it()
    {
        var (basis, entries) = Ring(2);
        // The exam day is 21 days ahead, and 14 are needed.
        foreach (var (days, code) in new[] { (7, (string?)null), (8, "lead_time"), (21, "sitting_begun") })
        {
            var later = basis with { Now = Scene.Now + Duration.FromDays(days) };
            var outcome = PlanDecision.Decide(later, entries, _act, BookingId.New);
            outcome.Stale.Values.Distinct().SingleOrDefault().ShouldBe(code);
        }
    }

    [Fact]
    public void R12_a_plan_is_not_bound_by_the_fair_share()
    {
        var season = Scene.Season(new(2027, 3, 1), new(2027, 4, 1), 14, 0.01m);
        var (basis, entries) = Ring(2);
        PlanDecision.Decide(basis with { Catalogue = basis.Catalogue.With(new SeasonEntry(season), 1) }, entries, _act, BookingId.New).Stale.ShouldBeEmpty();
    }

    [Fact]
    public void R16_a_plan_waits_until_the_season_opens()
    {
        var opens = Scene.Now + Duration.FromDays(1);
        var season = Scene.Season(new(2027, 3, 1), new(2027, 4, 1), 14, 0.01m, opens);
        var (basis, entries) = Ring(2);
        var early = basis with { Catalogue = basis.Catalogue.With(new SeasonEntry(season), 1) };
        PlanDecision.Decide(early, entries, _act, BookingId.New).Stale.Values.ShouldBe(["collecting", "collecting"]);
        PlanDecision.Decide(early with { Now = opens }, entries, _act, BookingId.New).Stale.ShouldBeEmpty();
    }

    [Fact]
    public void R11_a_placement_that_its_window_no_longer_holds_is_stale()
    {
        // The window holds a block of one hour. The exam became longer, or the institution has another zone, since the plan was made.
        var request = Waiting();
        PlanEntry placement = new PlanEntry.Placement(request.Id, request.Version, request.Pool, PlanScene.Hour(0), request.Seats, [])
        {
            Institution = Scene.SchoolId,
        };
        var states = new Dictionary<InstitutionId, InstitutionState> { [Scene.SchoolId] = Scene.State.With(request) };
        var slots = Enumerable.Range(0, 4).ToDictionary(k => new SlotHour(Scene.PoolId, SlotMinutes.Of(PlanScene.Hour(k))), _ => new SlotFigures(9, 9));
        string? Why(Catalogue catalogue) =>
            PlanDecision.Decide(new(catalogue, states, slots, Scene.Now), [placement], _act, BookingId.New).Stale.Values.SingleOrDefault();
        Why(Scene.Catalogue).ShouldBeNull();
        Why(Scene.Catalogue.With(Scene.Exam with { Minutes = 110 }, 2)).ShouldBe(StaleReason.Changed);
        Why(Scene.Catalogue.With(new InstitutionEntry(Scene.School with { Zone = DateTimeZoneProviders.Tzdb["Asia/Tokyo"] }), 2))
            .ShouldBe(StaleReason.Changed);
    }

    [Fact]
    public void R04_the_parts_of_a_split_request_are_placed_one_by_one()
    {
        var request = new Request
        {
            Id = RequestId.New(), Institution = Scene.SchoolId, Exam = Scene.ExamId, Pool = Scene.PoolId, PreferredStart = PlanScene.Hour(0), Seats = 30,
            Profile = new([30]), Mode = DeliveryMode.Lab, MinGroup = 10, Windows = [new(new(2027, 3, 22), new(2027, 3, 22), [], 0, 1440)], Version = 3,
        };
        var states = new Dictionary<InstitutionId, InstitutionState> { [Scene.SchoolId] = Scene.State.With(request) };
        var slots = Enumerable.Range(0, 3).ToDictionary(hour => new SlotHour(Scene.PoolId, SlotMinutes.Of(PlanScene.Hour(hour))), _ => new SlotFigures(12, 12));
        PlanEntry Part(int hour, int seats) =>
            new PlanEntry.Placement(request.Id, 3, Scene.PoolId, PlanScene.Hour(hour), seats, []) { Institution = Scene.SchoolId };
        // The third part does not fit, and the fourth would be more than the request asks for.
        var outcome = PlanDecision.Decide(
            new(Scene.Catalogue, states, slots, Scene.Now), [Part(0, 10), Part(1, 10), Part(1, 10), Part(2, 1)], _act, BookingId.New);
        outcome.Stale.ToDictionary().ShouldBe(new Dictionary<int, string> { [2] = "slot_full", [3] = "changed" });
        var placed = outcome.States[Scene.SchoolId].Requests[request.Id];
        (placed.PlacedSeats, placed.Version, placed.Bookings.Length, placed.Status).ShouldBe((20, 5, 2, RequestStatus.Queued));
        // The rest is placed by a later plan; then the request is placed.
        var rest = new PlanEntry.Placement(request.Id, 5, Scene.PoolId, PlanScene.Hour(2), 10, []) { Institution = Scene.SchoolId };
        var last = PlanDecision.Decide(new(Scene.Catalogue, outcome.States, slots, Scene.Now), [rest], _act, BookingId.New);
        last.Stale.ShouldBeEmpty();
        last.Groups[0][0].ShouldBeOfType<AppliedEntry.Placed>().After.Status.ShouldBe(RequestStatus.Placed);
        last.States[Scene.SchoolId].Requests.ShouldBeEmpty();
    }

    [Fact]
    public void R11_a_booking_of_a_request_that_got_other_windows_moves_within_these_alone()
    {
        var basis = new DecisionBasis(Scene.School, Scene.State, Scene.Catalogue, Scene.Now);
        var booking = Scene.Book(Scene.Wish with { Start = PlanScene.Hour(0), Seats = 4 }, basis);
        // The windows end at noon: of the two hours, the one from 11:00 lies within them, and the one from 12:00 does not.
        var request = new Request
        {
            Id = RequestId.New(), Institution = Scene.SchoolId, Exam = Scene.ExamId, Pool = Scene.PoolId, PreferredStart = PlanScene.Hour(0), Seats = 8,
            Profile = new([8]), Mode = DeliveryMode.Lab, Windows = [new(new(2027, 3, 22), new(2027, 3, 22), [], 0, 720)], PlacedSeats = 4,
            Bookings = [booking.Id], MinGroup = 1,
        };
        foreach (var (hour, why) in new[] { (2, (string?)null), (3, "changed") })
        {
            var slots = new Dictionary<SlotHour, SlotFigures> { [new(Scene.PoolId, SlotMinutes.Of(PlanScene.Hour(hour)))] = new(4, 4) };
            var states = new Dictionary<InstitutionId, InstitutionState> { [Scene.SchoolId] = Scene.State.With(booking).With(request) };
            PlanEntry move = new PlanEntry.Move(booking.Id, 1, PlanScene.Hour(0), PlanScene.Hour(hour)) { Institution = Scene.SchoolId };
            var outcome = PlanDecision.Decide(new(Scene.Catalogue, states, slots, Scene.Now), [move], _act, BookingId.New);
            outcome.Stale.Values.SingleOrDefault().ShouldBe(why);
        }
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "changed")]
    [InlineData(0, "changed")]
    public void R11_a_booking_of_a_request_that_has_changed_since_the_plan_does_not_move(int version, string? why)
    {
        var booking = Scene.Book(
            Scene.Wish with { Start = PlanScene.Hour(0), Seats = 4 }, new(Scene.School, Scene.State, Scene.Catalogue, Scene.Now));
        // The request waits no longer, so the school's state does not have it.
        var (states, request) = (new Dictionary<InstitutionId, InstitutionState> { [Scene.SchoolId] = Scene.State.With(booking) }, RequestId.New());
        PlanEntry move = new PlanEntry.Move(booking.Id, 1, PlanScene.Hour(0), PlanScene.Hour(2))
        {
            Institution = Scene.SchoolId, Request = request, RequestVersion = 3,
        };
        var slots = new Dictionary<SlotHour, SlotFigures> { [new(Scene.PoolId, SlotMinutes.Of(PlanScene.Hour(2)))] = new(4, 4) };
        var basis = new PlanBasis(Scene.Catalogue, states, slots, Scene.Now);
        if (version > 0)
            basis = basis with { Requests = new Dictionary<RequestId, Request> { [request] = Waiting() with { Id = request, Version = version } } };
        PlanDecision.Decide(basis, [move], _act, BookingId.New).Stale.Values.SingleOrDefault().ShouldBe(why);
    }

    /// <summary>A request of four seats, whose window holds the hours 0 and 2 of the scene.</summary>
    private static Request Waiting() => new()
    {
        Id = RequestId.New(), Institution = Scene.SchoolId, Exam = Scene.ExamId, Pool = Scene.PoolId, PreferredStart = PlanScene.Hour(0), Seats = 4,
        Profile = new([4]), Mode = DeliveryMode.Lab, Windows = [WindowOf(PlanScene.Hour(0)), WindowOf(PlanScene.Hour(2))], Version = 3,
    };

    /// <summary>The window of one hour from an instant.</summary>
    private static RequestWindow WindowOf(Instant start)
    {
        var local = start.InZone(Scene.School.Zone);
        var minute = (local.Hour * 60) + local.Minute;
        return new(local.Date, local.Date, [], minute, minute + 60);
    }

    private static int VersionOf(PlanEntry entry) => entry is PlanEntry.Move move ? move.Version : ((PlanEntry.Placement)entry).Version;

    private static IEnumerable<string> Texts(PlanOutcome outcome, ImmutableArray<PlanEntry> entries)
    {
        var applied = outcome.Groups.SelectMany(group => group).Select(entry => entry.Index).ToHashSet();
        return entries.Select((entry, i) => $"{entry} {(applied.Contains(i) ? "applied" : outcome.Stale[i])}");
    }

    /// <summary>Bookings that fill one slot each, each of a school of its own. Each moves to the next one's slot, and the last to the first's.</summary>
    private static (PlanBasis Basis, ImmutableArray<PlanEntry> Entries) Ring(int length)
    {
        var catalogue = Scene.Catalogue;
        var states = new Dictionary<InstitutionId, InstitutionState>();
        var slots = new Dictionary<SlotHour, SlotFigures>();
        var entries = ImmutableArray.CreateBuilder<PlanEntry>();
        for (var i = 0; i < length; i++)
        {
            var school = Scene.School with { Id = PlanScene.School(i) };
            catalogue = catalogue.With(new InstitutionEntry(school), 1);
            var booking = Scene.Book(
                Scene.Wish with { Start = PlanScene.Hour(i), Seats = 4 }, new(school, Scene.State, catalogue, Scene.Now));
            states[school.Id] = Scene.State.With(booking);
            slots[booking.Sitting.Slot(0)] = new(4, 0);
            entries.Add(new PlanEntry.Move(booking.Id, 1, booking.Sitting.Start, PlanScene.Hour((i + 1) % length)) { Institution = school.Id });
        }

        return (new(catalogue, states, slots, Scene.Now), entries.ToImmutable());
    }

    /// <summary>Seats by hour, workstations by school and hour, and vouchers by school: added up from bookings.</summary>
    private sealed class Sums
    {
        private readonly int[] _hours = new int[PlanScene.Hours];
        private readonly Dictionary<(InstitutionId School, int Hour), int> _labs = [];
        private readonly Dictionary<InstitutionId, int> _vouchers = [];

        public static Sums Of(IReadOnlyDictionary<InstitutionId, InstitutionState> states)
        {
            var sums = new Sums();
            foreach (var booking in states.Values.SelectMany(state => state.Bookings.Values))
                sums.Add(booking.Sitting.Institution, PlanScene.HourOf(booking.Sitting.Start), booking.Sitting.Profile, booking.Sitting.Seats, 1);
            return sums;
        }

        public Sums Copy()
        {
            var copy = new Sums();
            _hours.CopyTo(copy._hours, 0);
            foreach (var (key, seats) in _labs)
                copy._labs[key] = seats;
            foreach (var (school, vouchers) in _vouchers)
                copy._vouchers[school] = vouchers;
            return copy;
        }

        public void Apply(PlanEntry entry, IReadOnlyDictionary<InstitutionId, InstitutionState> states)
        {
            if (entry is PlanEntry.Move move)
            {
                var sitting = states[entry.Institution].Bookings[move.Booking].Sitting;
                Add(entry.Institution, PlanScene.HourOf(move.From), sitting.Profile, sitting.Seats, -1);
                Add(entry.Institution, PlanScene.HourOf(move.To), sitting.Profile, sitting.Seats, 1);
                return;
            }

            var placement = (PlanEntry.Placement)entry;
            var profile = states[entry.Institution].Requests[placement.Request].Profile;
            Add(entry.Institution, PlanScene.HourOf(placement.Start), profile, placement.Seats, 1);
        }

        /// <summary>Whether seats are over something that did not have as many before.</summary>
        public bool Breaks(PlanScene scene, Sums before) =>
            Enumerable.Range(0, PlanScene.Hours).Any(hour => _hours[hour] > scene.Capacities[hour] && _hours[hour] > before._hours[hour])
            || Enumerable.Range(0, scene.Schools.Length).Any(school =>
                _vouchers.GetValueOrDefault(PlanScene.School(school)) > scene.Schools[school].Vouchers
                || Enumerable.Range(0, PlanScene.Hours).Any(
                    hour => _labs.GetValueOrDefault((PlanScene.School(school), hour)) > scene.Schools[school].LabSeats));

        private void Add(InstitutionId school, int hour, SeatProfile profile, int seats, int sign)
        {
            for (var k = 0; k < profile.Slots; k++)
            {
                _hours[hour + k] += sign * profile[k];
                _labs[(school, hour + k)] = _labs.GetValueOrDefault((school, hour + k)) + (sign * profile[k]);
            }

            _vouchers[school] = _vouchers.GetValueOrDefault(school) + (sign * seats);
        }
    }
}
