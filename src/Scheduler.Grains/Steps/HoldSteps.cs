using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>What becomes of a hold (R10). <c>hold</c> is as the ledger or the state shows it.</summary>
internal static class HoldSteps
{
    public static Step Confirm(DecisionBasis basis, HoldCommand command, Hold hold)
    {
        if (command.Caller.IfMatch is { } seen && seen != hold.VersionAt(basis.Now))
            return new Step.Answered(Problems.Stale());
        if (BookingRules.Confirm(hold, basis) is { } refusal)
            return new Step.Refused(refusal);
        if (!basis.State.Holds.ContainsKey(hold.Id))
            return new Step.Doubted();
        var booking = new Booking { Id = BookingId.New(), Sitting = hold.Sitting, Overseen = BookingRules.IsOverseen(hold.Sitting.Mode, basis) };
        var answer = BookSteps.Made(booking);
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, command.Caller, "hold_confirmed", hold.Id.ToString(), answer, Records.View(hold, basis.Now), hold.Sitting.OverrideReason),
                Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Confirmed, booking.Id), new RowWrite.BookingMade(booking)],
            },
            After = basis.State.Without(hold).With(booking),
            Answer = answer,
            Touches = SlotTouch.Of(next: booking.Sitting, ended: hold),
        });
    }

    /// <summary>Gives a hold back. One that is no more is left as it is.</summary>
    public static Step Release(DecisionBasis basis, Caller caller, Hold hold)
    {
        if (caller.IfMatch is { } seen && seen != hold.VersionAt(basis.Now))
            return new Step.Answered(Problems.Stale());
        if (hold.Status == HoldStatus.Confirmed)
            return new Step.Refused(new Refusal.HoldConfirmed(hold.Booking!.Value));
        if (!hold.IsLive(basis.Now))
            return new Step.Answered(Records.Done());
        if (!basis.State.Holds.ContainsKey(hold.Id))
            return new Step.Doubted();
        var released = hold with { Status = HoldStatus.Released };
        var answer = Records.Done();
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(
                    basis, caller, "hold_released", hold.Id.ToString(), answer, Records.View(hold, basis.Now), null, after: Records.View(released, basis.Now)),
                Packs = Records.Packs(hold.Sitting.Vouchers, []),
                Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Released, null)],
            },
            After = basis.State.Without(hold),
            Answer = answer,
            Touches = SlotTouch.Of(ended: hold),
        });
    }
}
