using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// A small season for plans: six hours of one pool, three schools with few workstations and vouchers, bookings, and requests. Figures are so small that
/// entries stand in each other's way, and that all sets of entries can be tried.
/// </summary>
public sealed record PlanScene
{
    internal const int Hours = 6;

    /// <summary>The capacity of each hour.</summary>
    public required ImmutableArray<int> Capacities { get; init; }

    /// <summary>The schools: workstations and vouchers.</summary>
    public required ImmutableArray<(int LabSeats, int Vouchers)> Schools { get; init; }

    /// <summary>What is booked, or asked for (then its hour is the one that the plan gives).</summary>
    public required ImmutableArray<(int School, int Hour, int Seats, int Long, bool IsRequest, int To, bool IsChanged)> Things { get; init; }

    /// <summary>The order of the entries.</summary>
    public required ImmutableArray<int> Order { get; init; }

    internal static Gen<PlanScene> Any { get; } =
        from capacities in Gen.Choose(0, 9).ArrayOf(Hours)
        from labSeats in Gen.Choose(2, 9).ArrayOf(3)
        from vouchers in Gen.Choose(5, 16).ArrayOf(3)
        from things in (from school in Gen.Choose(0, 2)
                        from hour in Gen.Choose(0, Hours - 2)
                        from seats in Gen.Choose(1, 5)
                        from isLong in Gen.Elements(0, 0, 1, seats)
                        from isRequest in Gen.Elements(false, false, true)
                        from to in Gen.Choose(0, Hours - 2)
                        from isChanged in Gen.Choose(0, 9)
                        select (school, hour, seats, isLong, isRequest, to, isChanged == 0)).ArrayOf(8)
        from order in Gen.Shuffle(Enumerable.Range(0, 8).ToArray())
        select new PlanScene
        {
            Capacities = [.. capacities],
            Schools = [.. labSeats.Zip(vouchers)],
            Things = [.. things],
            Order = [.. order],
        };

    /// <summary>For <c>[Property]</c>.</summary>
    public static Arbitrary<PlanScene> AnyScene() => Any.ToArbitrary();

    internal static InstitutionId School(int number) => InstitutionId.Of($"school-{number}");

    internal static Instant Hour(int number) => Scene.At(new(2027, 3, 22), 9) + Duration.FromHours(number);

    internal static int HourOf(Instant start) => (int)(start - Hour(0)).TotalHours;

    /// <summary>The basis, and the entries that propose every booking's and request's new hour. Bookings that do not fit are left out.</summary>
    internal (PlanBasis Basis, ImmutableArray<PlanEntry> Entries) Make()
    {
        var catalogue = Scene.Catalogue;
        var states = new Dictionary<InstitutionId, InstitutionState>();
        for (var i = 0; i < Schools.Length; i++)
        {
            catalogue = catalogue.With(new InstitutionEntry(Scene.School with { Id = School(i), LabSeats = Schools[i].LabSeats }), 1);
            states[School(i)] = InstitutionState.Empty.With(Scene.Plenty with { Id = PackId.New(), Quantity = Schools[i].Vouchers });
        }

        var taken = new int[Hours];
        var entries = new PlanEntry?[Things.Length];
        for (var i = 0; i < Things.Length; i++)
        {
            var (school, hour, seats, extra, isRequest, to, isChanged) = Things[i];
            var state = states[School(school)];
            var wish = Scene.Wish with { Start = Hour(hour), Seats = seats, Accommodations = extra > 0 ? [new(extra, 100)] : [] };
            if (isRequest)
            {
                var request = new Request
                {
                    Id = RequestId.New(), Institution = School(school), Exam = wish.Exam, Pool = wish.Pool, PreferredStart = wish.Start, Seats = seats,
                    Profile = BlockLength.Profile(Scene.Terms, seats, wish.Accommodations), Mode = wish.Mode, Accommodations = wish.Accommodations,
                    Windows = [new(new(2027, 3, 22), new(2027, 3, 22), [], 0, 1440)],
                };
                states[School(school)] = state.With(request);
                entries[i] = new PlanEntry.Placement(request.Id, isChanged ? 7 : 1, wish.Pool, Hour(to), seats, wish.Accommodations)
                {
                    Institution = School(school),
                };
                continue;
            }

            var basis = new DecisionBasis(catalogue.Institutions[School(school)].Value, state, catalogue, Scene.Now);
            if (BookingRules.Decide(wish, basis, WishKind.Booking) is not Decision.Accepted { Draft.Sitting: var sitting }
                || Enumerable.Range(0, sitting.Profile.Slots).Any(k => taken[hour + k] + sitting.Profile[k] > Capacities[hour + k]))
                continue;
            var booking = new Booking { Id = BookingId.New(), Sitting = sitting };
            states[School(school)] = state.With(booking);
            for (var k = 0; k < sitting.Profile.Slots; k++)
                taken[hour + k] += sitting.Profile[k];
            entries[i] = new PlanEntry.Move(booking.Id, isChanged ? 7 : 1, Hour(hour), Hour(to)) { Institution = School(school) };
        }

        var slots = Enumerable.Range(0, Hours).ToDictionary(
            hour => new SlotHour(Scene.PoolId, SlotMinutes.Of(Hour(hour))), hour => new SlotFigures(Capacities[hour], Capacities[hour] - taken[hour]));
        return (new(catalogue, states, slots, Scene.Now), [.. Order.Select(i => entries[i]).OfType<PlanEntry>()]);
    }
}
