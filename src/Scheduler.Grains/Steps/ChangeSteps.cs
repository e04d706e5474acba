using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Cancelling, moving, resizing a booking, and telling who sat. <c>booking</c> is as the state shows it, or the ledger where it has ended or was cancelled.</summary>
internal static class ChangeSteps
{
    public static Step Cancel(DecisionBasis basis, CancelCommand command, Booking booking)
    {
        if (booking.Status == BookingStatus.Cancelled)
            return new Step.Answered(Shown(booking));
        if (Judge(command.Caller, booking, Cancellation.Change(booking, basis)) is { } no)
            return no;
        if (!basis.State.Bookings.ContainsKey(booking.Id))
            return new Step.Doubted();
        var forfeits = Cancellation.Forfeits(booking, basis);
        var vouchers = booking.Sitting.Vouchers;
        var cancelled = booking with
        {
            Status = BookingStatus.Cancelled,
            Version = booking.Version + 1,
            Sitting = booking.Sitting with { Vouchers = [] },
            Forfeited = forfeits ? [.. booking.Forfeited, .. vouchers] : booking.Forfeited,
        };
        var without = basis.State.Without(booking);
        var proposal = Changed(basis, command.Caller, "booking_cancelled", booking, cancelled, command.Reason);
        return new Step.Proposed(proposal with
        {
            Change = proposal.Change with { Packs = forfeits ? [] : Records.Packs(vouchers, []) },
            After = forfeits ? without.Forfeited(vouchers) : without,
            Touches = SlotTouch.Of(old: booking.Sitting),
        });
    }

    public static Step Reschedule(DecisionBasis basis, RescheduleCommand command, Booking booking)
    {
        if (Judge(command.Caller, booking, null) is { } stale)
            return stale;
        var (without, known) = Without(basis, booking);
        var decision = BookingRules.Reschedule(booking, command.Start, command.OverrideReason, without);
        if (decision is not Decision.Accepted(var draft))
            return BookSteps.Refused(decision);
        if (!known)
            return new Step.Doubted();
        var moved = booking with { Sitting = draft.Sitting, Version = booking.Version + 1 };
        var proposal = Taking(without, command.Caller, "booking_moved", booking, moved, draft, [], command.OverrideReason);
        return new Step.Proposed(proposal with { Elsewhere = start => BookingRules.Reschedule(booking, start, command.OverrideReason, without) });
    }

    public static Step Resize(DecisionBasis basis, ResizeCommand command, Booking booking)
    {
        if (Judge(command.Caller, booking, null) is { } stale)
            return stale;
        var (without, known) = Without(basis, booking);
        ImmutableArray<Accommodation> accommodations = command.Accommodations is { } given ? [.. given] : booking.Sitting.Accommodations;
        if (accommodations.Sum(group => group.Candidates) > command.Seats)
            return new Step.Answered(Problems.Invalid([new("accommodations", $"more candidates than seats ({command.Seats}): send the accommodations that remain")]));
        var decision = BookingRules.Resize(booking, command.Seats, accommodations, command.OverrideReason, without);
        if (decision is not Decision.Accepted(var draft))
            return BookSteps.Refused(decision);
        if (!known)
            return new Step.Doubted();
        var forfeited = Cancellation.ForfeitedByShrink(booking, command.Seats, without);
        var resized = booking with { Sitting = draft.Sitting, Version = booking.Version + 1, Forfeited = [.. booking.Forfeited, .. forfeited] };
        return new Step.Proposed(Taking(without, command.Caller, "booking_resized", booking, resized, draft, forfeited, command.OverrideReason));
    }

    public static Step Attend(DecisionBasis basis, AttendCommand command, Booking booking)
    {
        Refusal? refusal = booking.Status == BookingStatus.Cancelled ? new Refusal.BookingCancelled()
            : !booking.Sitting.HasBegun(basis.Now) ? new Refusal.SittingNotBegun()
            : command.Attended > booking.Sitting.Seats ? new Refusal.MoreThanBooked(booking.Sitting.Seats)
            : null;
        if (Judge(command.Caller, booking, refusal) is { } no)
            return no;
        var attended = booking with { Attended = command.Attended, Version = booking.Version + 1 };
        var state = basis.State.Bookings.ContainsKey(booking.Id) ? basis.State.Without(booking).With(attended) : basis.State;
        return new Step.Proposed(Changed(basis, command.Caller, "booking_attended", booking, attended, null) with { After = state });
    }

    private static Step? Judge(Caller caller, Booking booking, Refusal? refusal) =>
        caller.IfMatch is { } seen && seen != booking.Version ? new Step.Answered(Problems.Stale())
        : refusal is not null ? new Step.Refused(refusal)
        : null;

    private static (DecisionBasis Without, bool IsKnown) Without(DecisionBasis basis, Booking booking) =>
        (basis with { State = basis.State.Without(booking) }, basis.State.Bookings.ContainsKey(booking.Id));

    private static Proposal Taking(
        DecisionBasis without, Caller caller, string kind, Booking old, Booking next, BookingDraft draft, ImmutableArray<VoucherDraw> forfeited, string? why)
    {
        var proposal = Changed(without, caller, kind, old, next, why);
        return proposal with
        {
            Change = proposal.Change with { Packs = Records.Packs(old.Sitting.Vouchers, [.. next.Sitting.Vouchers, .. forfeited]) },
            After = without.State.With(next).Forfeited(forfeited),
            Touches = SlotTouch.Of(old: old.Sitting, next: next.Sitting),
            Draft = draft,
            Own = old.Sitting,
        };
    }

    private static Proposal Changed(DecisionBasis basis, Caller caller, string kind, Booking old, Booking next, string? why)
    {
        var answer = Shown(next);
        return new()
        {
            Change = new()
            {
                Record = Records.Of(basis, caller, kind, next.Id.ToString(), answer, Records.View(old), why),
                Rows = [new RowWrite.BookingChanged(next)],
            },
            After = basis.State,
            Answer = answer,
        };
    }

    private static Answer Shown(Booking booking) => Records.Success(200, booking.Version, null, writer => BookingView.Write(writer, booking));
}
