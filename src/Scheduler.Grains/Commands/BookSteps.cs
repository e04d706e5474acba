using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Decides the commands that book or hold a block, and offers to waitlist entries.</summary>
internal static class BookSteps
{
    public static Step Book(DecisionBasis basis, BookCommand command) => BookingRules.Decide(command.Wish, basis, WishKind.Booking) switch
    {
        Decision.Accepted(var draft) => new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(next: draft.Sitting),
            Draft = draft,
            Wish = command.Wish,
            Elsewhere = start => BookingRules.Decide(command.Wish with { Start = start }, basis, WishKind.Booking),
            Complete = () =>
            {
                var booking = Booked(draft) with { OperatorAct = Records.OverrideOf(draft.Sitting, basis) };
                return new(
                    new()
                    {
                        Record = Records.Of(
                            basis, command.Caller, ChangeKind.BookingMade, booking.Id.ToString(), null,
                            new BookingSnapshot(booking) { Duplicate = Duplicate(basis, command, draft) }, command.Wish.OverrideReason) with
                        { Notice = booking.OperatorAct is not null },
                        Packs = Records.Packs([], draft.Sitting.Vouchers),
                        Rows = [new RowWrite.BookingMade(booking)],
                    },
                    basis.State.With(booking));
            },
        }),
        var decision => Refused(decision),
    };

    public static Step Hold(DecisionBasis basis, BookCommand command) => BookingRules.Decide(command.Wish, basis, WishKind.Hold) switch
    {
        Decision.Accepted(var draft) => new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(made: draft.Sitting),
            Draft = draft,
            Wish = command.Wish,
            Elsewhere = start => BookingRules.Decide(command.Wish with { Start = start }, basis, WishKind.Hold),
            Complete = () =>
            {
                var end = basis.Now + Duration.FromMinutes(basis.Catalogue.Policy.Value.HoldMinutes);
                var hold = new Hold { Id = HoldId.New(), Sitting = draft.Sitting, ExpiresAt = end };
                return new(
                    new()
                    {
                        Record = Records.Of(
                            basis, command.Caller, ChangeKind.HoldMade, hold.Id.ToString(), null,
                            new HoldSnapshot(hold, basis.Now) { Duplicate = Duplicate(basis, command, draft) }, command.Wish.OverrideReason),
                        Packs = Records.Packs([], draft.Sitting.Vouchers),
                        Rows = [new RowWrite.HoldMade(hold)],
                    },
                    basis.State.With(hold));
            },
        }),
        var decision => Refused(decision),
    };

    /// <summary>Offers free seats to a waitlist entry: books the entry or refuses. Ends the entry when its block can never be booked any more.</summary>
    public static Step Offer(DecisionBasis basis, Request request)
    {
        var caller = new Caller(Records.System);
        if (BookingRules.IsOver(request, basis))
            return new Step.Proposed(RequestSteps.End(basis, caller, request, RequestStatus.Expired));
        return BookingRules.Decide(BookingWish.Of(request), basis, WishKind.FromWaitlist) switch
        {
            Decision.Accepted(var draft) => new Step.Proposed(new()
            {
                Touches = SlotTouch.Of(next: draft.Sitting),
                Draft = draft,
                Asker = SlotAsker.Waitlist,
                Complete = () =>
                {
                    var booking = Booked(draft);
                    var placed = request with { Status = RequestStatus.Placed, Booking = booking.Id, Version = request.Version + 1 };
                    return new(
                        new()
                        {
                            Record = Records.Of(
                                basis, caller, ChangeKind.RequestPlaced, request.Id.ToString(), new RequestSnapshot(request, null),
                                new BookingSnapshot(booking), null) with
                            { Notice = true },
                            Packs = Records.Packs([], draft.Sitting.Vouchers),
                            Rows = [new RowWrite.BookingMade(booking), new RowWrite.RequestChanged(placed)],
                        },
                        basis.State.With(booking).Without(request.Id));
                },
            }),
            var decision => Refused(decision),
        };
    }

    public static Step.Refused Refused(Decision decision) => new(((Decision.Refused)decision).Why);

    /// <summary>A caller with an idempotency key repeats nothing by mistake.</summary>
    private static ProbableDuplicate? Duplicate(DecisionBasis basis, BookCommand command, BookingDraft draft) =>
        command.Caller.Stamp is null ? ProbableDuplicate.Of(draft.Sitting, basis.State) : null;

    private static Booking Booked(BookingDraft draft) => new() { Id = BookingId.New(), Sitting = draft.Sitting, Overseen = draft.Overseen };
}
