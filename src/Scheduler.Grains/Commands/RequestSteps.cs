using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Decides the commands about requests (queue, join the waitlist, withdraw, end, pass over).</summary>
internal static class RequestSteps
{
    public static Step Join(DecisionBasis basis, JoinCommand command)
    {
        var draft = Draft(basis, command);
        int? candidates = null;
        if (draft.IsFlexible)
        {
            if (RequestRules.Ask(draft, command.Wish.IsSkippedHour, basis, out var found) is { } refusal)
                return new Step.Refused(refusal);
            if (basis.State.Requests.Count >= Limits.QueuedRequests)
                return new Step.Refused(new Refusal.QueueFull(Limits.QueuedRequests));
            candidates = found;
        }
        else if (BookingRules.Join(command.Wish, basis, out _) is { } refusal)
        {
            return new Step.Refused(refusal);
        }

        return new Step.Proposed(new()
        {
            Complete = () =>
            {
                var request = draft with { Id = RequestId.New() };
                var after = new RequestSnapshot(request, basis.State.Requests.Count + 1) { Candidates = candidates };
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
            return new Step.Refused(Placed(request));
        if (request.Status != RequestStatus.Queued)
            return Step.Answered.Unchanged(new RequestSnapshot(request, null));
        if (command.Caller.SeenVersion is { } seen && seen != request.Version)
            return Step.Answered.Stale;
        return basis.State.Requests.ContainsKey(request.Id)
            ? new Step.Proposed(End(basis, command.Caller, request, RequestStatus.Withdrawn))
            : Step.Reload.Now;
    }

    /// <summary>The refusal of a change of a request that was served.</summary>
    public static Refusal.RequestPlaced Placed(Request request) => new(request.Booking ?? request.Bookings[^1]);

    /// <summary>Ends a request that can never be served any more; any other request stays as it is.</summary>
    public static Step Expire(DecisionBasis basis, Request request) => RequestRules.StatusOf(request, basis) == RequestStatus.Expired
        ? new Step.Proposed(End(basis, new(Records.System), request, RequestStatus.Expired))
        : Step.Answered.Unchanged(new RequestSnapshot(request, null));

    /// <summary>The seats per slot for the exam as the exam is now. An exam that is not known has a refusal of its own.</summary>
    public static SeatProfile ProfileOf(DecisionBasis basis, ExamId exam, int seats, ImmutableArray<Accommodation> accommodations) =>
        basis.Catalogue.Exams.TryGetValue(exam, out var known) ? BlockLength.Profile(ExamTerms.Of(known.Value), seats, accommodations) : default;

    /// <summary>Ends a request without a booking. The school gets a notice when the request expires.</summary>
    public static Proposal End(DecisionBasis basis, Caller caller, Request request, RequestStatus status)
    {
        var isExpired = status == RequestStatus.Expired;
        var kind = isExpired ? ChangeKind.RequestExpired : ChangeKind.RequestWithdrawn;
        var ended = request with { Status = status, Version = request.Version + 1 };
        return Changed(basis, caller, kind, request, ended, null, isExpired, basis.State.Without(request.Id));
    }

    /// <summary>Records when, by which refusal and with which figures, a request was passed over (R9).</summary>
    public static Proposal PassOver(DecisionBasis basis, Request request, PassedOver passed)
    {
        var passedOver = request with { PassedOver = passed with { At = basis.Now }, Version = request.Version + 1 };
        return Changed(basis, new(Records.System), ChangeKind.RequestPassedOver, request, passedOver, passed.Why, false, basis.State.With(passedOver));
    }

    private static Request Draft(DecisionBasis basis, JoinCommand command)
    {
        var wish = command.Wish;
        return new()
        {
            Id = default,
            Institution = basis.Institution.Id,
            Exam = wish.Exam,
            Pool = wish.Pool,
            // The ledger keeps starts in whole minutes.
            PreferredStart = SlotMinutes.ToInstant(SlotMinutes.Of(wish.Start)),
            Seats = wish.Seats,
            Profile = ProfileOf(basis, wish.Exam, wish.Seats, wish.Accommodations),
            Mode = wish.Mode,
            Accommodations = wish.Accommodations,
            Weight = command.Weight,
            Windows = [.. command.Windows ?? []],
            MinGroup = SmallestGroup(command.MinGroup, wish.Seats),
        };
    }

    /// <summary>A group as great as the request, or greater, means that the request is not split.</summary>
    public static int? SmallestGroup(int? minGroup, int seats) => minGroup < seats ? minGroup : null;

    public static Proposal Changed(
        DecisionBasis basis, Caller caller, ChangeKind kind, Request request, Request next, string? why, bool isNotice, InstitutionState after,
        int? candidates = null) => new()
        {
            Complete = () => new(
                new()
                {
                    Record = Records.Of(
                        basis, caller, kind, request.Id.ToString(), new RequestSnapshot(request, null),
                        new RequestSnapshot(next, null) { Candidates = candidates }, why) with
                    {
                        Notice = isNotice,
                    },
                    Rows = [new RowWrite.RequestChanged(next)],
                },
                after),
        };
}
