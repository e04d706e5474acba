using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Decides the change of a request that waits. The request is decided as a new one would be; the places that it has in a queue stay.</summary>
internal static class RequestChangeSteps
{
    public static Step Change(DecisionBasis basis, ChangeRequestCommand command, Request request)
    {
        if (command.Caller.SeenVersion is { } seen && seen != request.Version)
            return Step.Answered.Stale;
        var status = RequestRules.StatusOf(request, basis);
        if (status == RequestStatus.Placed)
            return new Step.Refused(RequestSteps.Placed(request));
        if (status != RequestStatus.Queued)
            return new Step.Refused(new Refusal.RequestClosed(status));
        var next = Next(basis, command, request);
        if (next.Accommodations.Sum(group => group.Candidates) > next.Seats)
            return new Step.Refused(new Refusal.AccommodationsExceedSeats(next.Seats));
        next = next with { Profile = RequestSteps.ProfileOf(basis, next.Exam, next.Seats, next.Accommodations) };
        if (IsSame(request, next))
            return Step.Answered.Unchanged(new RequestSnapshot(request, null) { Candidates = Candidates(basis, request) });
        if (Refuse(basis, command, next, out var candidates) is { } refusal)
            return new Step.Refused(refusal);
        if (!basis.State.Requests.ContainsKey(request.Id))
            return Step.Reload.Now;
        return new Step.Proposed(Proposal(basis, command.Caller, request, next, candidates));
    }

    private static Request Next(DecisionBasis basis, ChangeRequestCommand command, Request request)
    {
        var seats = command.Seats ?? request.Seats;
        return request with
        {
            Seats = seats,
            Accommodations = command.Accommodations is { } groups ? [.. groups] : request.Accommodations,
            PreferredStart = command.PreferredStart is { } start ? SlotMinutes.ToInstant(SlotMinutes.Of(start)) : request.PreferredStart,
            Weight = command.Weight ?? KeptWeight(command, request, seats),
            Windows = command.Windows is { } windows ? [.. windows] : request.Windows,
            MinGroup = RequestSteps.SmallestGroup(command.MinGroup ?? request.MinGroup, seats),
            Version = request.Version + 1,
        };
    }

    /// <summary>
    /// Whether the change has no effect. Such a change is no change: the version stays, so a plan that has the request in it stays right, and nothing is
    /// recorded.
    /// </summary>
    private static bool IsSame(Request request, Request next) =>
        next with { Version = request.Version, Accommodations = request.Accommodations, Windows = request.Windows } == request
        && next.Accommodations.SequenceEqual(request.Accommodations) && next.Windows.SequenceEqual(request.Windows);

    private static int? Candidates(DecisionBasis basis, Request request) =>
        request.IsFlexible ? RequestCandidates.Of(request, basis.Institution, basis.Catalogue, basis.Now).Length : null;

    /// <summary>An operator gave the weight to the request as it was, so the weight does not cover candidates that the school adds.</summary>
    private static int KeptWeight(ChangeRequestCommand command, Request request, int seats) =>
        seats > request.Seats && command.Caller.Who.Role != Role.Operator ? 1 : request.Weight;

    private static Refusal? Refuse(DecisionBasis basis, ChangeRequestCommand command, Request next, out int? candidates)
    {
        candidates = null;
        var without = basis with { State = basis.State.Without(next.Id) };
        if (!next.IsFlexible)
            return BookingRules.Join(BookingWish.Of(next) with { IsSkippedHour = command.IsSkippedHour }, without, out _);
        if (next.OpenSeats < 0)
            return new Refusal.BelowPlaced(next.PlacedSeats);
        var refusal = RequestRules.Ask(next, command.IsSkippedHour, without, out var found);
        candidates = found;
        return refusal;
    }

    private static Proposal Proposal(DecisionBasis basis, Caller caller, Request request, Request next, int? candidates)
    {
        // A request of which plans have placed all seats that are left no longer waits.
        if (next is { IsFlexible: true, OpenSeats: 0 })
        {
            var placed = next with { Status = RequestStatus.Placed };
            return RequestSteps.Changed(basis, caller, ChangeKind.RequestChanged, request, placed, null, false, basis.State.Without(next.Id), candidates);
        }

        var isSameBlock = next.IsFlexible || (next.PreferredStart == request.PreferredStart && next.Profile.Slots == request.Profile.Slots);
        if (isSameBlock)
            return RequestSteps.Changed(basis, caller, ChangeKind.RequestChanged, request, next, null, false, basis.State.With(next), candidates);
        var moved = next with { Sequence = 0, PassedOver = null };
        var proposal = RequestSteps.Changed(basis, caller, ChangeKind.RequestChanged, request, moved, null, false, basis.State.With(moved));
        return proposal with
        {
            Complete = () =>
            {
                var (change, after) = proposal.Complete();
                ImmutableArray<RowWrite> rows = [new RowWrite.RequestMade(moved)];
                return new(change with { Rows = rows }, after);
            },
        };
    }
}
