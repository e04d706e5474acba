using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Decides the commands that cancel, move or resize a booking, or record attendance. <c>booking</c> comes from the state. A booking that has ended or was
/// cancelled is not in the state; then <c>booking</c> comes from the ledger.
/// </summary>
internal static class ChangeSteps
{
    public static Step Cancel(DecisionBasis basis, CancelCommand command, Booking booking)
    {
        if (booking.Status == BookingStatus.Cancelled)
            return Step.Answered.Unchanged(new BookingSnapshot(booking));
        if (IsStale(command.Caller, booking))
            return Step.Answered.Stale;
        if (Cancellation.Change(booking, basis) is { } refusal)
            return new Step.Refused(refusal);
        if (!basis.State.Bookings.ContainsKey(booking.Id))
            return Step.Reload.Now;
        var forfeits = Cancellation.Forfeits(booking, basis);
        var vouchers = booking.Sitting.Vouchers;
        var act = Records.ActOf(command.Caller, OperatorActKind.Cancelled, basis, command.Reason);
        var cancelled = booking with
        {
            Status = BookingStatus.Cancelled,
            Version = booking.Version + 1,
            Sitting = booking.Sitting with { Vouchers = [] },
            Forfeited = forfeits ? [.. booking.Forfeited, .. vouchers] : booking.Forfeited,
            Returned = forfeits ? 0 : vouchers.Sum(draw => draw.Vouchers),
            OperatorAct = act ?? booking.OperatorAct,
        };
        return new Step.Proposed(new()
        {
            Touches = SlotTouch.Of(old: booking.Sitting),
            GivesVouchers = !forfeits && !vouchers.IsEmpty,
            Complete = () =>
            {
                var without = basis.State.Without(booking);
                var change = Changed(basis, command.Caller, ChangeKind.BookingCancelled, booking, cancelled, command.Reason, act is not null);
                return new(change with { Packs = forfeits ? [] : Records.Packs(vouchers, []) }, forfeits ? without.Forfeited(vouchers) : without);
            },
        });
    }

    public static Step Reschedule(DecisionBasis basis, RescheduleCommand command, Booking booking)
    {
        if (IsStale(command.Caller, booking))
            return Step.Answered.Stale;
        var without = basis with { State = basis.State.Without(booking) };
        var decision = BookingRules.Reschedule(booking, command.Start, command.OverrideReason, without, command.IsSkippedHour);
        if (decision is not Decision.Accepted(var draft))
            return BookSteps.Refused(decision);
        if (!basis.State.Bookings.ContainsKey(booking.Id))
            return Step.Reload.Now;
        var why = command.Reason ?? command.OverrideReason;
        var act = Records.ActOf(command.Caller, OperatorActKind.Moved, basis, why);
        var moved = booking with { Sitting = draft.Sitting, Version = booking.Version + 1, OperatorAct = act ?? booking.OperatorAct };
        var proposal = Taking(without, command.Caller, ChangeKind.BookingMoved, booking, moved, draft, [], why, act is not null);
        return new Step.Proposed(proposal with { Elsewhere = start => BookingRules.Reschedule(booking, start, command.OverrideReason, without) });
    }

    public static Step Resize(DecisionBasis basis, ResizeCommand command, Booking booking)
    {
        if (IsStale(command.Caller, booking))
            return Step.Answered.Stale;
        ImmutableArray<Accommodation> accommodations = command.Accommodations is { } given ? [.. given] : booking.Sitting.Accommodations;
        if (accommodations.Sum(group => group.Candidates) > command.Seats)
            return new Step.Refused(new Refusal.AccommodationsExceedSeats(command.Seats));
        var without = basis with { State = basis.State.Without(booking) };
        var decision = BookingRules.Resize(booking, command.Seats, accommodations, command.OverrideReason, without);
        if (decision is not Decision.Accepted(var draft))
            return BookSteps.Refused(decision);
        if (!basis.State.Bookings.ContainsKey(booking.Id))
            return Step.Reload.Now;
        var forfeited = Cancellation.ForfeitedByShrink(booking, command.Seats, without);
        var why = command.Reason ?? command.OverrideReason;
        var act = Records.ActOf(command.Caller, OperatorActKind.Resized, basis, why);
        var resized = booking with
        {
            Sitting = draft.Sitting,
            Version = booking.Version + 1,
            Forfeited = [.. booking.Forfeited, .. forfeited],
            OperatorAct = act ?? booking.OperatorAct,
        };
        return new Step.Proposed(Taking(without, command.Caller, ChangeKind.BookingResized, booking, resized, draft, forfeited, why, act is not null));
    }

    public static Step Attend(DecisionBasis basis, AttendCommand command, Booking booking)
    {
        if (IsStale(command.Caller, booking))
            return Step.Answered.Stale;
        Refusal? refusal = booking.Status == BookingStatus.Cancelled ? new Refusal.BookingCancelled()
            : !booking.Sitting.HasBegun(basis.Now) ? new Refusal.SittingNotBegun()
            : command.Attended > booking.Sitting.Seats ? new Refusal.MoreThanBooked(booking.Sitting.Seats)
            : null;
        if (refusal is not null)
            return new Step.Refused(refusal);
        var attended = booking with { Attended = command.Attended, Version = booking.Version + 1 };
        return new Step.Proposed(new()
        {
            Complete = () => new(
                Changed(basis, command.Caller, ChangeKind.BookingAttended, booking, attended, null, isNotice: false),
                basis.State.Bookings.ContainsKey(booking.Id) ? basis.State.Without(booking).With(attended) : basis.State),
        });
    }

    private static bool IsStale(Caller caller, Booking booking) => caller.SeenVersion is { } seen && seen != booking.Version;

    private static Proposal Taking(
        DecisionBasis without, Caller caller, ChangeKind kind, Booking old, Booking next, BookingDraft draft, ImmutableArray<VoucherDraw> forfeited,
        string? why, bool isNotice)
    {
        var packs = Records.Packs(old.Sitting.Vouchers, [.. next.Sitting.Vouchers, .. forfeited]);
        return new()
        {
            Touches = SlotTouch.Of(old: old.Sitting, next: next.Sitting),
            Draft = draft,
            Own = old.Sitting,
            GivesVouchers = packs.Any(pack => pack.Taken < 0),
            Complete = () => new(
                Changed(without, caller, kind, old, next, why, isNotice) with { Packs = packs }, without.State.With(next).Forfeited(forfeited)),
        };
    }

    private static Change Changed(DecisionBasis basis, Caller caller, ChangeKind kind, Booking old, Booking next, string? why, bool isNotice) => new()
    {
        Record = Records.Of(basis, caller, kind, next.Id.ToString(), new BookingSnapshot(old), new BookingSnapshot(next), why) with { Notice = isNotice },
        Rows = [new RowWrite.BookingChanged(next)],
    };
}
