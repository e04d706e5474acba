namespace Scheduler.Domain;

/// <summary>Sorts the refusals of a request's starts into tiers.</summary>
public static class RequestTiers
{
    /// <summary>The tier of a request that this refusal keeps from a booking.</summary>
    public static RequestTier Of(Refusal refusal) => refusal switch
    {
        Refusal.NotReady => RequestTier.NotReady,
        Refusal.NoCandidates { Why: CandidateRule.Horizon or CandidateRule.LeadTime } => RequestTier.Blocked,
        Refusal.Closed or Refusal.SlotFull or Refusal.FairShareExceeded => RequestTier.ForSeats,
        Refusal.Horizon or Refusal.LeadTimeShort or Refusal.Collecting or Refusal.ProctorsExceeded or Refusal.LabSeatsExceeded or Refusal.VouchersShort =>
            RequestTier.Blocked,
        _ => RequestTier.Impossible,
    };

    /// <summary>
    /// Why a request could not be served at any start; null when some start may serve it. The exam, the pool, the mode, readiness, the dates of the candidates,
    /// and the seats that the pool offers in its greatest hour are checked.
    /// </summary>
    public static Refusal? Everywhere(Request request, DecisionBasis basis, out int candidates)
    {
        if (request.IsFlexible)
            return RequestRules.Ask(request, isSkippedHour: false, basis, out candidates) ?? TooBig(request, basis);
        candidates = 1;
        return BookingRules.Join(BookingWish.Of(request), basis with { State = basis.State.Without(request.Id) }, out _);
    }

    /// <summary>The seats that must come together: all that are open, or the smallest part.</summary>
    public static int SmallestPart(Request request) => Math.Max(1, Math.Min(request.MinGroup ?? int.MaxValue, request.OpenSeats));

    /// <summary>The wish of a booking that would serve the request, or its smallest part, at its preferred start.</summary>
    public static BookingWish Wish(Request request)
    {
        var seats = SmallestPart(request);
        // The smallest part may be of candidates without extra time.
        return BookingWish.Of(request) with { Seats = seats, Accommodations = seats == request.Seats ? request.Accommodations : [] };
    }

    private static Refusal? TooBig(Request request, DecisionBasis basis) =>
        WaitlistRules.NeverFits(basis.Catalogue.Pools[request.Pool].Value, new([SmallestPart(request)]), basis);
}
