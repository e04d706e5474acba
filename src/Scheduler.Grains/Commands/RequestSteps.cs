using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Decides the commands about waitlist entries (join, withdraw, end, pass over).</summary>
internal static class RequestSteps
{
    public static Step Join(DecisionBasis basis, JoinCommand command)
    {
        if (BookingRules.Join(command.Wish, basis, out var profile) is { } refusal)
            return new Step.Refused(refusal);
        return new Step.Proposed(new()
        {
            Complete = () =>
            {
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
                var after = new RequestSnapshot(request, basis.State.Requests.Count + 1);
                return new(
                    new()
                    {
                        Record = Records.Of(basis, command.Caller, ChangeKind.RequestMade, request.Id.ToString(), null, after, null),
                        Rows = [new RowWrite.RequestMade(request)],
                    },
                    basis.State.With(request));
            },
        });
    }

    public static Step Withdraw(DecisionBasis basis, WithdrawCommand command, Request request)
    {
        if (request.Status == RequestStatus.Placed)
            return new Step.Refused(new Refusal.RequestPlaced(request.Booking!.Value));
        if (request.Status != RequestStatus.Queued)
            return Step.Answered.Unchanged(new RequestSnapshot(request, null));
        if (command.Caller.SeenVersion is { } seen && seen != request.Version)
            return Step.Answered.Stale;
        return basis.State.Requests.ContainsKey(request.Id)
            ? new Step.Proposed(End(basis, command.Caller, request, RequestStatus.Withdrawn))
            : Step.Reload.Now;
    }

    /// <summary>Ends a request without a booking. The school gets a notice when the request expires.</summary>
    public static Proposal End(DecisionBasis basis, Caller caller, Request request, RequestStatus status)
    {
        var isExpired = status == RequestStatus.Expired;
        var kind = isExpired ? ChangeKind.RequestExpired : ChangeKind.RequestWithdrawn;
        var ended = request with { Status = status, Version = request.Version + 1 };
        return Changed(basis, caller, kind, request, ended, null, isExpired, basis.State.Without(request.Id));
    }

    /// <summary>Records when, and by which refusal, a request was passed over (R9).</summary>
    public static Proposal PassOver(DecisionBasis basis, Request request, string why)
    {
        var passedOver = request with { PassedOver = new(basis.Now, why), Version = request.Version + 1 };
        return Changed(basis, new(Records.System), ChangeKind.RequestPassedOver, request, passedOver, why, false, basis.State.With(passedOver));
    }

    private static Proposal Changed(
        DecisionBasis basis, Caller caller, ChangeKind kind, Request request, Request next, string? why, bool isNotice, InstitutionState after) => new()
        {
            Complete = () => new(
                new()
                {
                    Record = Records.Of(
                        basis, caller, kind, request.Id.ToString(), new RequestSnapshot(request, null), new RequestSnapshot(next, null), why) with
                    {
                        Notice = isNotice,
                    },
                    Rows = [new RowWrite.RequestChanged(next)],
                },
                after),
        };
}
