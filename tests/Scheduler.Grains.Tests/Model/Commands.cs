using NodaTime;

namespace Scheduler.Tests.Model;

/// <summary>What commands come to. A command that is accepted gives no "no"; the caller then makes it so, under the id that the house gave.</summary>
public sealed partial class World
{
    private static readonly Dictionary<Guid, int> _nothing = [];

    /// <summary>A new booking, a hold, or an offer of the waitlist.</summary>
    public No? Ask(Seating wish, bool isHold, bool isOffer, out Seating seating) =>
        Judge(wish, null, [], null, _nothing, isHold, isOffer ? Schools[wish.School].ShortNotice : null, out seating);

    /// <summary>A move. The booking itself counts as gone.</summary>
    public No? Move(ModelBooking booking, Instant start, string? reason, out Seating seating)
    {
        seating = booking.Seating;
        if ((Gone(booking) ?? Late(booking)) is { } no)
            return no;
        var wish = booking.Seating with { Start = start, Reason = reason };
        var refusal = Judge(wish, booking.Seating, [], booking, _nothing, false, null, out seating);
        if (refusal is null && start == booking.Seating.Start)
            seating = seating with { Reason = reason ?? booking.Seating.Reason };
        return refusal;
    }

    /// <summary>A resize; vouchers of those taken off late are spent.</summary>
    public No? Resize(ModelBooking booking, int seats, (int Candidates, int Extra)[]? groups, string? reason, out Seating seating, out Dictionary<Guid, int> spent)
    {
        spent = [];
        seating = booking.Seating;
        if (groups is null && booking.Seating.Extra.Sum(group => group.Candidates) > seats)
            return new(400, "invalid");
        if (Gone(booking) is { } no)
            return no;
        var old = booking.Seating;
        var wish = old with { Seats = seats, Extra = groups ?? old.Extra, Reason = reason };
        var profile = ProfileOf(Exams[wish.Exam], seats, wish.Extra);
        if (Late(booking) is not null && Policy.Forfeits)
            spent = Beyond(old.Draws, seats);
        if (seats > old.Seats || Enumerable.Range(0, profile.Length).Any(k => profile[k] > old.Profile.ElementAtOrDefault(k)))
        {
            var refusal = Judge(wish, old, old.Profile, booking, spent, false, null, out seating);
            seating = seating with { Reason = reason ?? old.Reason };
            return refusal;
        }

        seating = wish with { Profile = profile, Reason = reason ?? old.Reason, Draws = Draw(wish, booking, spent, out _)! };
        return null;
    }

    public No? Cancel(ModelBooking booking, out Dictionary<Guid, int> spent)
    {
        spent = [];
        if (booking.Seating.Start <= Now)
            return new(422, "sitting_begun");
        if (Late(booking) is not null && Policy.Forfeits)
            spent = Beyond(booking.Seating.Draws, 0);
        return null;
    }

    public No? Confirm(ModelHold hold)
    {
        if (hold.Status == "confirmed")
            return new(409, "hold_confirmed", ("booking", $"\"{hold.Booking}\""));
        if (!IsLive(hold))
            return new(409, "hold_lapsed");
        return Ready(hold.Seating) ?? Dates(hold.Seating, null) ?? Collecting(hold.Seating);
    }

    public No? Attend(ModelBooking booking, int attended) =>
        booking.IsCancelled ? new(409, "booking_cancelled")
        : booking.Seating.Start > Now ? new(422, "sitting_not_begun")
        : attended > booking.Seating.Seats ? new(422, "more_than_booked")
        : null;

    public No? Join(Seating wish, out Seating seating)
    {
        seating = wish;
        if (Sight(wish) is { } unseen)
            return unseen;
        seating = wish with { Profile = ProfileOf(Exams[wish.Exam], wish.Seats, wish.Extra) };
        return OnGrid(seating) ?? Ready(seating) ?? Dates(seating, Schools[wish.School].ShortNotice);
    }

    /// <summary>Whether a booking that comes next is one of the first online ones.</summary>
    public bool IsFirst(Seating seating) =>
        seating.Online && Bookings.Values.Count(booking => booking.Seating.School == seating.School && booking.Seating.Online && !booking.IsCancelled) < Policy.Overseen;

    private No? Judge(
        Seating wish, Seating? own, int[] before, object? without, IReadOnlyDictionary<Guid, int> spent, bool isHold, int? shortNotice, out Seating seating)
    {
        seating = wish;
        if (Sight(wish) is { } unseen)
            return unseen;
        seating = wish = wish with { Profile = ProfileOf(Exams[wish.Exam], wish.Seats, wish.Extra) };
        if ((OnGrid(wish) ?? Ready(wish) ?? Dates(wish, shortNotice) ?? Collecting(wish) ?? Supervision(wish, before, without)) is { } no)
            return no;
        if (Draw(wish, without, spent, out var missing) is not { } draws)
            return new(422, "vouchers_short", ("vouchersShort", $"{missing}"));
        var held = Holds.Values.Where(hold => IsLive(hold) && hold.Seating.School == wish.School).ToList();
        if (isHold && (held.Count >= Policy.MaxHolds || held.Sum(hold => hold.Seating.Seats) + wish.Seats > Policy.MaxHeldSeats))
            return new(422, "hold_limit", ("maxHolds", $"{Policy.MaxHolds}"), ("maxHeldSeats", $"{Policy.MaxHeldSeats}"));
        seating = wish with { Draws = draws };
        return Slots(wish, own, without) ?? Share(wish, before, without);
    }

    private No? Gone(ModelBooking booking) =>
        booking.IsCancelled ? new(409, "booking_cancelled")
        : booking.Seating.Start <= Now ? new(422, "sitting_begun")
        : null;

    private No? Late(ModelBooking booking)
    {
        var zone = Schools[booking.Seating.School].Zone;
        var given = DaysBetween(Day(Now, zone), Day(booking.Seating.Start, zone));
        return given < Policy.Cutoff ? new(422, "cutoff_passed", ("daysGiven", $"{given}"), ("daysNeeded", $"{Policy.Cutoff}")) : null;
    }

    /// <summary>Vouchers beyond the first so many.</summary>
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
