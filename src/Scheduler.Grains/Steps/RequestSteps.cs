using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The waitlist's entries, and packs.</summary>
internal static class RequestSteps
{
    public static Step Join(DecisionBasis basis, JoinCommand command)
    {
        if (BookingRules.Join(command.Wish, basis, out var profile) is { } refusal)
            return new Step.Refused(refusal);
        var wish = command.Wish;
        var request = new Request
        {
            Id = RequestId.New(),
            Institution = basis.Institution.Id,
            Exam = wish.Exam,
            Pool = wish.Pool,
            PreferredStart = wish.Start,
            Seats = wish.Seats,
            Profile = profile,
            Mode = wish.Mode,
            Accommodations = wish.Accommodations,
            Weight = command.Weight,
        };
        var answer = Records.Success(
            201, request.Version, $"/requests/{request.Id}", writer => BookingView.Write(writer, request, basis.State.Requests.Count + 1, null));
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, command.Caller, "request_made", request.Id.ToString(), answer, null, null),
                Rows = [new RowWrite.RequestMade(request)],
            },
            After = basis.State.With(request),
            Answer = answer,
        });
    }

    public static Step Withdraw(DecisionBasis basis, Caller caller, Request request)
    {
        if (request.Status == RequestStatus.Placed)
            return new Step.Refused(new Refusal.RequestPlaced(request.Booking!.Value));
        if (request.Status != RequestStatus.Queued)
            return new Step.Answered(Records.Done());
        if (caller.IfMatch is { } seen && seen != request.Version)
            return new Step.Answered(Problems.Stale());
        return basis.State.Requests.ContainsKey(request.Id)
            ? new Step.Proposed(Ended(basis, caller, request, RequestStatus.Withdrawn, "request_withdrawn", isTold: false))
            : new Step.Doubted();
    }

    /// <summary>A request that no longer waits.</summary>
    public static Proposal Ended(DecisionBasis basis, Caller caller, Request request, RequestStatus status, string kind, bool isTold)
    {
        var ended = request with { Status = status, Version = request.Version + 1 };
        var answer = Records.Done();
        return new()
        {
            Change = new()
            {
                Record = Records.Of(basis, caller, kind, request.Id.ToString(), answer, Records.View(request), null, isTold, Records.View(ended)),
                Rows = [new RowWrite.RequestChanged(ended)],
            },
            After = basis.State.Without(request.Id),
            Answer = answer,
        };
    }

    /// <summary>A request that was looked at and did not fit: when, and by which refusal (R9).</summary>
    public static Proposal PassedOver(DecisionBasis basis, Request request, string why)
    {
        var passedOver = request with { PassedOver = new(basis.Now, why), Version = request.Version + 1 };
        var answer = Records.Done();
        return new()
        {
            Change = new()
            {
                Record = Records.Of(
                    basis, new(Records.System), "request_passed_over", request.Id.ToString(), answer, Records.View(request), why, after: Records.View(passedOver)),
                Rows = [new RowWrite.RequestChanged(passedOver)],
            },
            After = basis.State.With(passedOver),
            Answer = answer,
        };
    }

    public static Step Pack(DecisionBasis basis, PackCommand command)
    {
        var pack = new Pack(PackId.New(), command.Programme, command.Quantity, command.PurchasedOn, 0);
        var answer = Records.Success(201, 0, null, writer => BookingView.Write(writer, basis.Institution.Id, pack));
        return new Step.Proposed(new()
        {
            Change = new()
            {
                Record = Records.Of(basis, command.Caller, "pack_made", pack.Id.ToString(), answer, null, null),
                Rows = [new RowWrite.PackMade(basis.Institution.Id, pack)],
            },
            After = basis.State.With(pack),
            Answer = answer,
        });
    }
}
