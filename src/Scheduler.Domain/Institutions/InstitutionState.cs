using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// All that a decision needs to know about what an institution has: bookings that have not ended, live holds, queued requests and packs. The state is
/// immutable, so a decision sees one moment of it. The state also keeps sums of seats by hour, so no decision has to go through all bookings.
/// </summary>
public sealed record InstitutionState
{
    /// <summary>An institution that has nothing yet.</summary>
    public static InstitutionState Empty { get; } = new();

    /// <summary>Confirmed bookings that have not ended.</summary>
    public ImmutableDictionary<BookingId, Booking> Bookings { get; private init; } = ImmutableDictionary<BookingId, Booking>.Empty;

    /// <summary>Holds that were live at the last check. <see cref="At"/> removes the holds that have lapsed since.</summary>
    public ImmutableDictionary<HoldId, Hold> Holds { get; private init; } = ImmutableDictionary<HoldId, Hold>.Empty;

    /// <summary>Requests that are queued.</summary>
    public ImmutableDictionary<RequestId, Request> Requests { get; private init; } = ImmutableDictionary<RequestId, Request>.Empty;

    /// <summary>Packs. Their taken vouchers include those of these bookings and holds.</summary>
    public ImmutableDictionary<PackId, Pack> Packs { get; private init; } = ImmutableDictionary<PackId, Pack>.Empty;

    /// <summary>Number of online bookings ever confirmed and not cancelled (R8).</summary>
    public int OnlineBookings { get; init; }

    /// <summary>Number of those online bookings that are overseen (R8).</summary>
    public int OverseenBookings { get; init; }

    /// <summary>
    /// Seats of this institution's lab sittings and of its online sittings, by the start of the slot in whole minutes since 1970 UTC, over all pools (R6).
    /// </summary>
    public ImmutableDictionary<int, (int Lab, int Online)> SeatsByStart { get; private init; } = ImmutableDictionary<int, (int, int)>.Empty;

    /// <summary>Seats of this institution in each slot (R12).</summary>
    public ImmutableDictionary<SlotHour, int> SeatsBySlot { get; private init; } = ImmutableDictionary<SlotHour, int>.Empty;

    /// <summary>This state with a new booking. The booking's vouchers are taken from the packs.</summary>
    public InstitutionState With(Booking booking)
    {
        var state = Taken(booking.Sitting) with { Bookings = Bookings.Add(booking.Id, booking) };
        return state.Counted(booking, 1);
    }

    /// <summary>This state without a booking that was cancelled or is about to be decided again. The booking's seats and vouchers become free.</summary>
    public InstitutionState Without(Booking booking)
    {
        if (!Bookings.TryGetValue(booking.Id, out var known))
            return this;
        var state = Given(known.Sitting) with { Bookings = Bookings.Remove(booking.Id) };
        return state.Counted(known, -1);
    }

    /// <summary>This state with a new hold. The hold's vouchers are taken from the packs.</summary>
    public InstitutionState With(Hold hold) => Taken(hold.Sitting) with { Holds = Holds.Add(hold.Id, hold) };

    /// <summary>This state without a hold. The hold's seats and vouchers become free.</summary>
    public InstitutionState Without(Hold hold) =>
        Holds.TryGetValue(hold.Id, out var known) ? Given(known.Sitting) with { Holds = Holds.Remove(hold.Id) } : this;

    /// <summary>This state with a new or changed queued request.</summary>
    public InstitutionState With(Request request) => this with { Requests = Requests.SetItem(request.Id, request) };

    /// <summary>This state without a request that no longer waits.</summary>
    public InstitutionState Without(RequestId request) => this with { Requests = Requests.Remove(request) };

    /// <summary>This state with a new or changed pack.</summary>
    public InstitutionState With(Pack pack) => this with { Packs = Packs.SetItem(pack.Id, pack) };

    /// <summary>This state with vouchers spent that no booking or hold sets aside any more (after a late cancellation).</summary>
    public InstitutionState Forfeited(ImmutableArray<VoucherDraw> vouchers) => this with { Packs = Draw(vouchers, 1) };

    /// <summary>This state without the holds whose time has run out; their seats and vouchers are free (R10). Decisions use this state.</summary>
    public InstitutionState At(Instant now)
    {
        var state = this;
        foreach (var hold in Holds.Values)
        {
            if (!hold.IsLive(now))
                state = state.Without(hold);
        }

        return state;
    }

    /// <summary>
    /// This state without the bookings that have ended. Their vouchers stay taken, and they still count for the first sessions (R8). Their seats are in the
    /// past, so no rule needs them.
    /// </summary>
    public InstitutionState WithoutEnded(Instant now)
    {
        var state = this;
        foreach (var booking in Bookings.Values)
        {
            if (booking.Sitting.End <= now)
                state = state.Seated(booking.Sitting, -1) with { Bookings = state.Bookings.Remove(booking.Id) };
        }

        return state;
    }

    /// <summary>Restores a state from rows. <paramref name="packs"/> are as stored: the vouchers of these bookings and holds are already taken.</summary>
    public static InstitutionState Restore(
        IEnumerable<Booking> bookings, IEnumerable<Hold> holds, IEnumerable<Request> requests, IEnumerable<Pack> packs, int onlineBookings,
        int overseenBookings = 0)
    {
        var state = Empty;
        foreach (var booking in bookings)
            state = state.Seated(booking.Sitting, 1) with { Bookings = state.Bookings.Add(booking.Id, booking) };
        foreach (var hold in holds)
            state = state.Seated(hold.Sitting, 1) with { Holds = state.Holds.Add(hold.Id, hold) };
        return state with
        {
            Requests = requests.ToImmutableDictionary(request => request.Id),
            Packs = packs.ToImmutableDictionary(pack => pack.Id),
            OnlineBookings = onlineBookings,
            OverseenBookings = overseenBookings,
        };
    }

    /// <summary>Whether an online session that nobody oversaw has ended: the institution is then no longer new (R8).</summary>
    public bool HasEndedUnseen(Instant now) => OnlineBookings - OverseenBookings > Bookings.Values.Count(
        booking => booking is { Overseen: false, Sitting.Mode: DeliveryMode.Online } && now < booking.Sitting.End);

    private InstitutionState Counted(Booking booking, int by) => booking.Sitting.Mode != DeliveryMode.Online ? this : this with
    {
        OnlineBookings = OnlineBookings + by,
        OverseenBookings = OverseenBookings + (booking.Overseen ? by : 0),
    };

    private InstitutionState Taken(Sitting sitting) => Seated(sitting, 1) with { Packs = Draw(sitting.Vouchers, 1) };

    private InstitutionState Given(Sitting sitting) => Seated(sitting, -1) with { Packs = Draw(sitting.Vouchers, -1) };

    private ImmutableDictionary<PackId, Pack> Draw(ImmutableArray<VoucherDraw> vouchers, int sign)
    {
        var packs = Packs;
        foreach (var draw in vouchers)
            packs = packs.SetItem(draw.Pack, packs[draw.Pack] with { Taken = packs[draw.Pack].Taken + (sign * draw.Vouchers) });
        return packs;
    }

    private InstitutionState Seated(Sitting sitting, int sign)
    {
        var byStart = SeatsByStart;
        var bySlot = SeatsBySlot;
        for (var k = 0; k < sitting.Profile.Slots; k++)
        {
            var slot = sitting.Slot(k);
            var seats = sign * sitting.Profile[k];
            var (lab, online) = byStart.GetValueOrDefault(slot.Minutes);
            var now = sitting.Mode == DeliveryMode.Lab ? (lab + seats, online) : (lab, online + seats);
            byStart = now == (0, 0) ? byStart.Remove(slot.Minutes) : byStart.SetItem(slot.Minutes, now);
            var own = bySlot.GetValueOrDefault(slot) + seats;
            bySlot = own == 0 ? bySlot.Remove(slot) : bySlot.SetItem(slot, own);
        }

        return this with { SeatsByStart = byStart, SeatsBySlot = bySlot };
    }
}
