using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Booking and holding a block, and what the waitlist books.</summary>
internal static class BookSteps
{
    public static Step Book(DecisionBasis basis, BookCommand command)
    {
        var decision = BookingRules.Decide(command.Wish, basis, WishKind.Booking);
        if (decision is not Decision.Accepted(var draft))
            return Refused(decision);
        var booking = new Booking { Id = BookingId.New(), Sitting = draft.Sitting, Overseen = draft.Overseen };
        var answer = Made(booking);
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, command.Caller, "booking_made", booking.Id.ToString(), answer, null, command.Wish.OverrideReason),
                Packs = Records.Packs([], draft.Sitting.Vouchers),
                Rows = [new RowWrite.BookingMade(booking)],
            },
            After = basis.State.With(booking),
            Answer = answer,
            Touches = SlotTouch.Of(next: booking.Sitting),
            Draft = draft,
            Elsewhere = start => BookingRules.Decide(command.Wish with { Start = start }, basis, WishKind.Booking),
        });
    }

    public static Step Hold(DecisionBasis basis, BookCommand command)
    {
        var decision = BookingRules.Decide(command.Wish, basis, WishKind.Hold);
        if (decision is not Decision.Accepted(var draft))
            return Refused(decision);
        var hold = new Hold
        {
            Id = HoldId.New(),
            Sitting = draft.Sitting,
            ExpiresAt = basis.Now + NodaTime.Duration.FromMinutes(basis.Catalogue.Policy.Value.HoldMinutes),
        };
        var answer = Records.Success(201, hold.VersionAt(basis.Now), $"/holds/{hold.Id}", writer => BookingView.Write(writer, hold, basis.Now));
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, command.Caller, "hold_made", hold.Id.ToString(), answer, null, command.Wish.OverrideReason),
                Packs = Records.Packs([], draft.Sitting.Vouchers),
                Rows = [new RowWrite.HoldMade(hold)],
            },
            After = basis.State.With(hold),
            Answer = answer,
            Touches = SlotTouch.Of(made: hold),
            Draft = draft,
            Elsewhere = start => BookingRules.Decide(command.Wish with { Start = start }, basis, WishKind.Hold),
        });
    }

    /// <summary>What the waitlist offers to one entry: booked, or passed over with why; expired when its dates can never do again.</summary>
    public static Step Offer(DecisionBasis basis, Request request)
    {
        var caller = new Caller(Records.System);
        if (BookingRules.Dates(request.PreferredStart, basis, hasOverride: false, basis.Institution.ShortNoticeDays) is Refusal.Past or Refusal.LeadTimeShort)
            return new Step.Proposed(RequestSteps.Ended(basis, caller, request, RequestStatus.Expired, "request_expired", isTold: true));
        var decision = BookingRules.Decide(BookingWish.Of(request), basis, WishKind.FromWaitlist);
        if (decision is not Decision.Accepted(var draft))
            return Refused(decision);
        var booking = new Booking { Id = BookingId.New(), Sitting = draft.Sitting, Overseen = draft.Overseen };
        var placed = request with { Status = RequestStatus.Placed, Booking = booking.Id, Version = request.Version + 1 };
        var answer = Made(booking);
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, caller, "request_placed", request.Id.ToString(), answer, Records.View(request), "from the waitlist", notice: true),
                Packs = Records.Packs([], draft.Sitting.Vouchers),
                Rows = [new RowWrite.BookingMade(booking), new RowWrite.RequestChanged(placed)],
            },
            After = basis.State.With(booking).Without(request.Id),
            Answer = answer,
            Touches = SlotTouch.Of(next: booking.Sitting),
            Draft = draft,
            FromWaitlist = true,
        });
    }

    /// <summary>The answer of a booking just made.</summary>
    public static Answer Made(Booking booking) =>
        Records.Success(201, booking.Version, $"/bookings/{booking.Id}", writer => BookingView.Write(writer, booking));

    public static Step.Refused Refused(Decision decision) => new(((Decision.Refused)decision).Why);
}
