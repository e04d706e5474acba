using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Request = Scheduler.Domain.Request;

namespace Scheduler.Tests;

/// <summary>R4, R11: how the entries of a large plan are divided into parts.</summary>
public sealed class R11_ApplicationParts
{
    private const int Fillers = 250;
    private static readonly InstitutionId _school = PlanSeason.School(1);
    private static readonly PoolId _office = PoolId.Of("office");
    private static readonly RequestWindow _always = new(new(2027, 1, 19), new(2027, 2, 5), [], 0, 1440);
    private static readonly Instant _first = Instant.FromUtc(2027, 1, 19, 14, 0);

    [Fact]
    public void R04_the_parts_of_a_split_request_come_together_and_not_before_the_move_that_makes_their_room()
    {
        var season = Season();
        var (full, empty, small) = (Hour(0), Hour(1), Hour(2));
        season.Capacity(_office, full, 2, 10);
        season.Capacity(_office, small, 1, 4);
        season.Capacity(_office, Hour(3), Fillers, 1);
        var booking = season.Book(_school, ExamId.Of("short"), _office, full, 10, DeliveryMode.Lab).ShouldNotBeNull();
        var split = season.Ask(PlanSeason.Wish(_school, 8, full, _always) with { MinGroup = 4 });
        var fillers = Enumerable.Range(0, Fillers).Select(i => Place(season.Ask(PlanSeason.Wish(_school, 1, Hour(3 + i), _always)), Hour(3 + i), 1));
        // The first part has room at once. The second one needs the seats of the booking, which moves late.
        var move = new PlanEntry.Move(booking.Id, booking.Version, full, empty) { Institution = _school };
        ImmutableArray<PlanEntry> entries = [Place(split, small, 4), .. fillers, move, Place(split, full, 4)];
        var parts = Parts(season, entries);
        parts.SelectMany(part => part).Order().ShouldBe(Enumerable.Range(0, entries.Length));
        parts.Length.ShouldBe(2);
        var (first, last, moved) = (PartOf(parts, 0), PartOf(parts, entries.Length - 1), PartOf(parts, entries.Length - 2));
        first.ShouldBe(last);
        moved.ShouldBeLessThanOrEqualTo(last);
    }

    [Fact]
    public void R11_a_booking_of_a_split_request_still_moves_after_an_earlier_part_placed_more_of_the_request()
    {
        var (split, other) = (PlanSeason.Wish(_school, 30, Hour(0), _always), PlanSeason.Wish(_school, 30, Hour(0), _always));
        var move = new PlanEntry.Move(BookingId.New(), 1, Hour(0), Hour(1)) { Institution = _school, Request = split.Id, RequestVersion = 4 };
        ImmutableArray<PlanEntry> entries = [move, Place(split, Hour(2), 5), Place(split, Hour(3), 5), Place(split, Hour(4), 5), Place(other, Hour(2), 5)];
        // Of the four placements that were decided, one was stale, and one is of another request.
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Ready, Scope = PlanSeason.Scope, MadeBy = "x", MadeAt = PlanSeason.Now, Decided = "1-4",
            Stale = [new(entries[3], "slot_full")],
        };
        VersionOf(new ApplicationRun(plan, entries, new(Records.System))).ShouldBe(6);
        var run = new ApplicationRun(plan with { Decided = "", Stale = [] }, entries, new(Records.System));
        VersionOf(run).ShouldBe(4);
        run.Plan = plan;
        VersionOf(run).ShouldBe(6);

        static int VersionOf(ApplicationRun run) => ((PlanEntry.Move)run.Entries[0]).RequestVersion;
    }

    private static ImmutableArray<ImmutableArray<int>> Parts(PlanSeason season, ImmutableArray<PlanEntry> entries)
    {
        var basis = season.Basis();
        var input = new PlanInput(
            PlanSeason.Now, season.Catalogue, 0, basis.States.ToImmutableDictionary(state => state.Key, state => (0L, state.Value)),
            basis.Slots.ToImmutableDictionary())
        {
            Reach = new(entries),
        };
        return ApplicationParts.Of(entries, [.. Enumerable.Range(0, entries.Length)], input);
    }

    private static int PartOf(ImmutableArray<ImmutableArray<int>> parts, int number) =>
        Enumerable.Range(0, parts.Length).Single(part => parts[part].Contains(number));

    private static PlanEntry.Placement Place(Request request, Instant start, int seats) =>
        new(request.Id, request.Version, _office, start, seats, []) { Institution = _school };

    private static Instant Hour(int number) => _first + Duration.FromHours(number);

    private static PlanSeason Season()
    {
        const Onboarding done = Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab | Onboarding.ItOnline;
        var catalogue = new PlanSeason(1).Catalogue.With(
            new InstitutionEntry(new()
            {
                Id = _school, Name = "s", Zone = DateTimeZoneProviders.Tzdb["America/Toronto"], LabSeats = 20, Proctors = 9, Onboarding = done,
            }), 2);
        var season = new PlanSeason(1, catalogue);
        season.Buy(_school, 500, new(2026, 9, 1));
        return season;
    }
}
