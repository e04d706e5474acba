using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>An institution's state: With and Without are exact inverses, and the sums that the state keeps equal a recount.</summary>
public sealed class InstitutionStateTests
{
    private static readonly ImmutableArray<Pack> _packs =
    [
        new(PackId.New(), "MOS", 1_000_000, new(2026, 9, 1), 3),
        new(PackId.New(), "MOS", 1_000_000, new(2026, 10, 1), 0),
    ];

    /// <summary>
    /// Adds and removes random bookings and holds, with vouchers of two packs. After each step all sums are counted again from the bookings and holds.
    /// </summary>
    [Property(Arbitrary = [typeof(Generators)])]
    public void The_sums_of_the_state_are_those_of_a_recount(ImmutableArray<Sitting> sittings, int seed)
    {
        var random = new Random(seed);
        var state = _packs.Aggregate(InstitutionState.Empty, (on, pack) => on.With(pack));
        List<Booking> bookings = [];
        List<Hold> holds = [];
        foreach (var sitting in sittings)
        {
            var voucher = sitting with { Vouchers = [new(_packs[0].Id, random.Next(1, 9)), new(_packs[1].Id, random.Next(1, 9))] };
            switch (random.Next(4))
            {
                case 0 when bookings.Count > 0:
                    var gone = bookings[random.Next(bookings.Count)];
                    bookings.Remove(gone);
                    state = state.Without(gone);
                    break;
                case 1 when holds.Count > 0:
                    var lapsed = holds[random.Next(holds.Count)];
                    holds.Remove(lapsed);
                    state = state.Without(lapsed);
                    break;
                case 2:
                    holds.Add(new() { Id = HoldId.New(), Sitting = voucher, ExpiresAt = Instant.MaxValue });
                    state = state.With(holds[^1]);
                    break;
                default:
                    bookings.Add(new() { Id = BookingId.New(), Sitting = voucher, Overseen = voucher.Mode == DeliveryMode.Online && random.Next(2) == 0 });
                    state = state.With(bookings[^1]);
                    break;
            }

            Recount(state, bookings, holds);
        }

        var restored = InstitutionState.Restore(bookings, holds, [], state.Packs.Values, state.OnlineBookings);
        restored.SeatsByStart.ShouldBe(state.SeatsByStart, ignoreOrder: true);
        restored.SeatsBySlot.ShouldBe(state.SeatsBySlot, ignoreOrder: true);
        foreach (var booking in bookings)
            state = state.Without(booking);
        foreach (var hold in holds)
            state = state.Without(hold);
        Same(state, _packs.Aggregate(InstitutionState.Empty, (on, pack) => on.With(pack)));
    }

    [Property(Arbitrary = [typeof(Generators)])]
    public void Without_undoes_with_exactly(ImmutableArray<Sitting> there, Sitting sitting)
    {
        var state = there.Aggregate(InstitutionState.Empty.With(_packs[0]), (on, one) => on.With(new Booking { Id = BookingId.New(), Sitting = one }));
        var voucher = sitting with { Vouchers = [new(_packs[0].Id, 7)] };
        var booking = new Booking { Id = BookingId.New(), Sitting = voucher };
        var hold = new Hold { Id = HoldId.New(), Sitting = voucher, ExpiresAt = Instant.MaxValue };
        Same(state.With(booking).Without(booking), state);
        Same(state.With(hold).Without(hold), state);

        // Removing twice frees the seats once.
        Same(state.With(booking).Without(booking).Without(booking), state);
        Same(state.With(hold).Without(hold).Without(hold), state);
        state.With(booking).Packs[_packs[0].Id].Taken.ShouldBe(10);
        state.Forfeited([new(_packs[0].Id, 7)]).Packs[_packs[0].Id].Taken.ShouldBe(10);
    }

    [Fact]
    public void Without_frees_the_seats_that_the_state_has_and_not_those_that_the_caller_passes()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var state = Scene.State.With(booking);
        var tampered = booking with { Sitting = booking.Sitting with { Seats = 1, Profile = SeatProfile.Parse("1"), Vouchers = [] } };
        Same(state.Without(tampered), Scene.State);
    }

    [Fact]
    public void Requests_are_added_and_removed_by_their_id()
    {
        var request = new Request
        {
            Id = RequestId.New(),
            Institution = Scene.SchoolId,
            Exam = Scene.ExamId,
            Pool = Scene.PoolId,
            PreferredStart = Scene.Wish.Start,
            Seats = 2,
            Profile = SeatProfile.Parse("2"),
            Mode = DeliveryMode.Lab,
        };
        var state = Scene.State.With(request).With(request with { Version = 2 });
        state.Requests.Values.ShouldHaveSingleItem().Version.ShouldBe(2);
        state.Without(request.Id).Requests.ShouldBeEmpty();
    }

    private static void Recount(InstitutionState state, List<Booking> bookings, List<Hold> holds)
    {
        var bySlot = new Dictionary<SlotHour, int>();
        var byStart = new Dictionary<int, (int Lab, int Online)>();
        foreach (var sitting in bookings.Select(booking => booking.Sitting).Concat(holds.Select(hold => hold.Sitting)))
        {
            for (var k = 0; k < sitting.Profile.Slots; k++)
            {
                var minutes = (int)(sitting.Start + Duration.FromHours(k) - NodaConstants.UnixEpoch).TotalMinutes;
                var seats = sitting.Profile[k];
                var slot = new SlotHour(sitting.Pool, minutes);
                bySlot[slot] = bySlot.GetValueOrDefault(slot) + seats;
                var (lab, online) = byStart.GetValueOrDefault(minutes);
                byStart[minutes] = sitting.Mode == DeliveryMode.Lab ? (lab + seats, online) : (lab, online + seats);
            }
        }

        state.SeatsBySlot.ShouldBe(bySlot, ignoreOrder: true);
        state.SeatsByStart.ShouldBe(byStart, ignoreOrder: true);
        state.OnlineBookings.ShouldBe(bookings.Count(booking => booking.Sitting.Mode == DeliveryMode.Online));
        state.OverseenBookings.ShouldBe(bookings.Count(booking => booking.Overseen));
        foreach (var pack in _packs)
        {
            var drawn = bookings.Select(booking => booking.Sitting).Concat(holds.Select(hold => hold.Sitting)).SelectMany(sitting => sitting.Vouchers);
            state.Packs[pack.Id].Taken.ShouldBe(pack.Taken + drawn.Where(draw => draw.Pack == pack.Id).Sum(draw => draw.Vouchers));
        }
    }

    private static void Same(InstitutionState one, InstitutionState other)
    {
        one.SeatsBySlot.ShouldBe(other.SeatsBySlot, ignoreOrder: true);
        one.SeatsByStart.ShouldBe(other.SeatsByStart, ignoreOrder: true);
        one.Packs.ShouldBe(other.Packs, ignoreOrder: true);
        one.Bookings.ShouldBe(other.Bookings, ignoreOrder: true);
        one.Holds.ShouldBe(other.Holds, ignoreOrder: true);
        one.OnlineBookings.ShouldBe(other.OnlineBookings);
        one.OverseenBookings.ShouldBe(other.OverseenBookings);
    }

    /// <summary>Otherwise a grain that is active for long would keep every booking that its school ever had.</summary>
    [Fact]
    public void Ended_bookings_leave_the_state_but_keep_their_vouchers_and_their_count()
    {
        var basis = Scene.Basis;
        var online = Scene.Book(Scene.Wish with { Mode = DeliveryMode.Online }, basis);
        var later = Scene.Book(Scene.Wish with { Start = Scene.Wish.Start + NodaTime.Duration.FromDays(1) }, basis);
        var state = basis.State.With(online).With(later);

        state.WithoutEnded(online.Sitting.End - NodaTime.Duration.Epsilon).Bookings.Count.ShouldBe(2);
        var ended = state.WithoutEnded(online.Sitting.End);
        ended.Bookings.Keys.ShouldBe([later.Id]);
        ended.SeatsBySlot.Keys.ShouldBe([later.Sitting.Slot(0)]);
        (ended.OnlineBookings, ended.OverseenBookings).ShouldBe((1, 1));
        ended.Packs[Scene.Plenty.Id].Taken.ShouldBe(56);
    }
}
