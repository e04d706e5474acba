using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Decides the commands that confirm, replace or release a hold (R10). <c>hold</c> comes from the state. A hold that has ended is not in the state; then
/// <c>hold</c> comes from the ledger.
/// </summary>
internal static class HoldSteps
{
    public static Step Confirm(DecisionBasis basis, HoldCommand command, Hold hold)
    {
        if (IsStale(command.Caller, hold, basis))
            return Step.Answered.Stale;
        if (BookingRules.Confirm(hold, basis) is { } refusal)
            return new Step.Refused(refusal);
        if (!basis.State.Holds.ContainsKey(hold.Id))
            return Step.Reload.Now;
        return new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(next: hold.Sitting, ended: hold.Sitting),
            Complete = () =>
            {
                var booking = new Booking
                {
                    Id = BookingId.New(),
                    Sitting = hold.Sitting with { Reference = command.Reference ?? hold.Sitting.Reference },
                    Overseen = BookingRules.IsOverseen(hold.Sitting.Mode, basis),
                    OperatorAct = Records.OverrideOf(hold.Sitting, basis),
                };
                return new(
                    new()
                    {
                        Record = Records.Of(
                            basis, command.Caller, ChangeKind.HoldConfirmed, hold.Id.ToString(), new HoldSnapshot(hold, basis.Now),
                            new BookingSnapshot(booking), hold.Sitting.OverrideReason) with
                        { Notice = booking.OperatorAct is not null },
                        Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Confirmed, booking.Id), new RowWrite.BookingMade(booking)],
                    },
                    basis.State.Without(hold).With(booking));
            },
        });
    }

    /// <summary>
    /// Ends a live hold and makes one for other candidates of the same block, in one change. The new hold ends at the instant of the old one, so that nobody
    /// keeps seats for longer by changing them.
    /// </summary>
    public static Step Replace(DecisionBasis basis, ReplaceHoldCommand command, Hold hold)
    {
        if (IsStale(command.Caller, hold, basis))
            return Step.Answered.Stale;
        ImmutableArray<Accommodation> accommodations = command.Accommodations is { } given ? [.. given] : hold.Sitting.Accommodations;
        if (accommodations.Sum(group => group.Candidates) > command.Seats)
            return new Step.Refused(new Refusal.AccommodationsExceedSeats(command.Seats));
        var without = basis with { State = basis.State.Without(hold) };
        var decision = HoldRules.Replace(hold, command.Seats, command.Mode ?? hold.Sitting.Mode, accommodations, without);
        if (decision is not Decision.Accepted(var draft))
            return BookSteps.Refused(decision);
        if (!basis.State.Holds.ContainsKey(hold.Id))
            return Step.Reload.Now;
        var packs = Records.Packs(hold.Sitting.Vouchers, draft.Sitting.Vouchers);
        return new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(made: draft.Sitting, ended: hold.Sitting),
            Draft = draft,
            Own = hold.Sitting,
            GivesVouchers = packs.Any(pack => pack.Taken < 0),
            Complete = () =>
            {
                var next = new Hold { Id = HoldId.New(), Sitting = draft.Sitting, ExpiresAt = hold.ExpiresAt };
                return new(
                    new()
                    {
                        Record = Records.Of(
                            basis, command.Caller, ChangeKind.HoldReplaced, next.Id.ToString(), new HoldSnapshot(hold, basis.Now),
                            new HoldSnapshot(next, basis.Now), null),
                        Packs = packs,
                        Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Released, null), new RowWrite.HoldMade(next)],
                    },
                    without.State.With(next));
            },
        });
    }

    /// <summary>Releases a hold. A hold that was released or has lapsed stays as it is; a confirmed hold cannot be released.</summary>
    public static Step Release(DecisionBasis basis, HoldCommand command, Hold hold)
    {
        if (IsStale(command.Caller, hold, basis))
            return Step.Answered.Stale;
        if (hold.Status == HoldStatus.Confirmed)
            return new Step.Refused(new Refusal.HoldConfirmed(hold.Booking!.Value));
        if (!hold.IsLive(basis.Now))
            return Step.Answered.Unchanged(new HoldSnapshot(hold, basis.Now));
        if (!basis.State.Holds.ContainsKey(hold.Id))
            return Step.Reload.Now;
        return new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(ended: hold.Sitting),
            GivesVouchers = true,
            Complete = () => new(
                new()
                {
                    Record = Records.Of(
                        basis, command.Caller, ChangeKind.HoldReleased, hold.Id.ToString(), new HoldSnapshot(hold, basis.Now),
                        new HoldSnapshot(hold with { Status = HoldStatus.Released }, basis.Now), null),
                    Packs = Records.Packs(hold.Sitting.Vouchers, []),
                    Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Released, null)],
                },
                basis.State.Without(hold)),
        });
    }

    private static bool IsStale(Caller caller, Hold hold, DecisionBasis basis) => caller.SeenVersion is { } seen && seen != hold.VersionAt(basis.Now);
}
