using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>
/// The answers to commands: the refusal, or null for a command that is accepted. The caller then changes the model, under the id that the silo gave.
/// </summary>
public sealed partial class World
{
    private static readonly Dictionary<Guid, int> _nothing = [];

    /// <summary>A new booking, a hold, or an offer of the waitlist.</summary>
    public ModelRefusal? Ask(Seating wish, bool isHold, bool isOffer, out Seating seating) =>
        Decide(wish, null, [], null, _nothing, isHold, isOffer ? Schools[wish.School].ShortNotice : null, out seating);

    /// <summary>A move. The booking's own seats count as free.</summary>
    public ModelRefusal? Move(ModelBooking booking, Instant start, string? reason, out Seating seating)
    {
        seating = booking.Seating;
        if ((Unchangeable(booking) ?? Late(booking)) is { } unchangeable)
            return unchangeable;
        var wish = booking.Seating with { Start = start, Reason = reason };
        var refusal = Decide(wish, booking.Seating, [], booking, _nothing, false, null, out seating);
        if (refusal is null && start == booking.Seating.Start)
            seating = seating with { Reason = reason ?? booking.Seating.Reason };
        return refusal;
    }

    /// <summary>A resize. After the cut-off the vouchers of candidates that are taken off are spent.</summary>
    public ModelRefusal? Resize(
        ModelBooking booking,
        int seats,
        (int Candidates, int Extra)[]? groups,
        string? reason,
        out Seating seating,
        out Dictionary<Guid, int> spent)
    {
        spent = [];
        seating = booking.Seating;
        if (groups is null && booking.Seating.Extra.Sum(group => group.Candidates) > seats)
            return new(400, "invalid");
        if (Unchangeable(booking) is { } unchangeable)
            return unchangeable;
        var old = booking.Seating;
        var wish = old with { Seats = seats, Extra = groups ?? old.Extra, Reason = reason };
        var profile = ProfileOf(Exams[wish.Exam], seats, wish.Extra);
        if (Late(booking) is not null && Policy.Forfeits)
            spent = Beyond(old.Draws, seats);
        if (seats > old.Seats || Enumerable.Range(0, profile.Length).Any(k => profile[k] > old.Profile.ElementAtOrDefault(k)))
        {
            var refusal = Decide(wish, old, old.Profile, booking, spent, false, null, out seating);
            seating = seating with { Reason = reason ?? old.Reason };
            return refusal;
        }

        seating = wish with { Profile = profile, Reason = reason ?? old.Reason, Draws = Draw(wish, booking, spent, out _)! };
        return null;
    }

    public ModelRefusal? Cancel(ModelBooking booking, out Dictionary<Guid, int> spent)
    {
        spent = [];
        if (booking.Seating.Start <= Now)
            return new(422, "sitting_begun");
        if (Late(booking) is not null && Policy.Forfeits)
            spent = Beyond(booking.Seating.Draws, 0);
        return null;
    }

    public ModelRefusal? Confirm(ModelHold hold)
    {
        if (hold.Status == "confirmed")
            return new(409, "hold_confirmed", ("booking", $"\"{hold.Booking}\""));
        if (!IsLive(hold))
            return new(409, "hold_lapsed");
        return Gone(hold.Seating) ?? Ready(hold.Seating) ?? Dates(hold.Seating, null) ?? Collecting(hold.Seating);
    }

    public ModelRefusal? Attend(ModelBooking booking, int attended) =>
        booking.IsCancelled ? new(409, "booking_cancelled")
        : booking.Seating.Start > Now ? new(422, "sitting_not_begun")
        : attended > booking.Seating.Seats ? new(422, "more_than_booked")
        : null;

    public ModelRefusal? Join(Seating wish, out Seating seating)
    {
        seating = wish;
        if (Named(wish) is { } missingName)
            return missingName;
        seating = wish with { Profile = ProfileOf(Exams[wish.Exam], wish.Seats, wish.Extra) };
        return OnGrid(seating) ?? Ready(seating) ?? Dates(seating, Schools[wish.School].ShortNotice);
    }

    /// <summary>
    /// Whether the next booking is one of the school's first online bookings, which are overseen: too few overseen ones stand, and none without oversight has
    /// ended.
    /// </summary>
    public bool IsFirst(Seating seating)
    {
        var online = Bookings.Values.Where(booking => booking.Seating.School == seating.School && booking.Seating.Online && !booking.IsCancelled).ToList();
        return seating.Online && online.Count(booking => booking.Overseen) < Policy.Overseen
            && !online.Exists(booking => !booking.Overseen && booking.Seating.Hour(booking.Seating.Profile.Length) <= Now);
    }

    private ModelRefusal? Decide(
        Seating wish, Seating? own, int[] before, object? without, IReadOnlyDictionary<Guid, int> spent, bool isHold, int? shortNotice, out Seating seating)
    {
        seating = wish;
        if (Named(wish) is { } missingName)
            return missingName;
        seating = wish = wish with { Profile = ProfileOf(Exams[wish.Exam], wish.Seats, wish.Extra) };
        if ((OnGrid(wish) ?? Ready(wish) ?? Dates(wish, shortNotice) ?? Collecting(wish) ?? Supervision(wish, before, without)) is { } refusal)
            return refusal;
        if (Draw(wish, without, spent, out var missing) is not { } draws)
            return new(422, "vouchers_short", ("vouchersShort", $"{missing}"));
        var held = Holds.Values.Where(hold => IsLive(hold) && hold.Seating.School == wish.School).ToList();
        if (isHold && (held.Count >= Policy.MaxHolds || held.Sum(hold => hold.Seating.Seats) + wish.Seats > Policy.MaxHeldSeats))
            return new(422, "hold_limit", ("maxHolds", $"{Policy.MaxHolds}"), ("maxHeldSeats", $"{Policy.MaxHeldSeats}"));
        seating = wish with { Draws = draws };
        return Slots(wish, own, without) ?? Share(wish, before, without);
    }

    private ModelRefusal? Unchangeable(ModelBooking booking) =>
        booking.IsCancelled ? new(409, "booking_cancelled")
        : booking.Seating.Start <= Now ? new(422, "sitting_begun")
        : null;

    private ModelRefusal? Late(ModelBooking booking)
    {
        var zone = Schools[booking.Seating.School].Zone;
        var given = DaysBetween(Day(Now, zone), Day(booking.Seating.Start, zone));
        return given < Policy.Cutoff ? new(422, "cutoff_passed", ("daysGiven", $"{given}"), ("daysNeeded", $"{Policy.Cutoff}")) : null;
    }

    /// <summary>The vouchers that are left after the first <paramref name="keep"/> of them.</summary>
    private static Dictionary<Guid, int> Beyond(List<(Guid Pack, int Count)> draws, int keep)
    {
        Dictionary<Guid, int> beyond = [];
        foreach (var (pack, count) in draws)
        {
            var kept = Math.Min(keep, count);
            keep -= kept;
            if (count > kept)
                beyond[pack] = beyond.GetValueOrDefault(pack) + count - kept;
        }

        return beyond;
    }
}
