using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>The rules of a request that waits: a flexible request (R11), or a waitlist entry (R9).</summary>
public static class RequestRules
{
    /// <summary>
    /// Why a flexible request cannot be queued; null when it can. The checks are those of a booking that do not depend on a start, and then the candidates.
    /// Free seats, proctors and vouchers are not checked, because the request waits for them; but a request that its pool could never seat, with all its
    /// candidates, is refused: it would only stand before the others.
    /// </summary>
    /// <param name="request">The request as it would be queued.</param>
    /// <param name="isSkippedHour">Whether the preferred start is a local start that the clocks skip (R1).</param>
    /// <param name="basis">The basis of the decision.</param>
    /// <param name="candidates">The number of candidates; 0 when none is known.</param>
    public static Refusal? Ask(Request request, bool isSkippedHour, DecisionBasis basis, out int candidates)
    {
        candidates = 0;
        var (_, pool, missing) = BookingRules.Find(request.Exam, request.Pool, request.Mode, basis);
        if (missing is not null)
            return missing;
        if (isSkippedHour)
            return new Refusal.NotOnSlot(pool!.Grid.FirstAtOrAfter(request.PreferredStart));
        if (basis.Institution.Open(request.Mode) is { IsEmpty: false } open)
            return new Refusal.NotReady(open);
        candidates = RequestCandidates.Of(request, basis.Institution, basis.Catalogue, basis.Now).Length;
        return candidates == 0 ? RequestCandidates.WhyNone(request, basis) : NeverFits(request, pool!, candidates, basis);
    }

    /// <summary>
    /// Why the pool could never seat the request: its smallest part has more seats than any hour to come, or all candidates together have too few. A pool
    /// without capacity to come may yet get some, so it refuses nothing.
    /// </summary>
    private static Refusal.NeverFits? NeverFits(Request request, Pool pool, int candidates, DecisionBasis basis)
    {
        var greatest = basis.Catalogue.Capacities.GetValueOrDefault(pool.Id)?.Value.Greatest(basis.Now, pool.Zone) ?? 0;
        var isTooBig = RequestTiers.SmallestPart(request) > greatest || request.OpenSeats > (long)greatest * candidates;
        return greatest > 0 && isTooBig ? new(greatest) : null;
    }

    /// <summary>
    /// Whether the request can never be served any more. A flexible request is over when its last day is past, or leaves fewer days than the policy's lead
    /// time. A season's longer lead time does not end a request, because the operator may change the season back. Short notice is for the waitlist alone.
    /// </summary>
    public static bool IsOver(Request request, DecisionBasis basis)
    {
        if (!request.IsFlexible)
            return BookingRules.IsOver(request, basis);
        var earliest = LeadTime.Day(basis.Now, basis.Institution.Zone).PlusDays(basis.Catalogue.Policy.Value.LeadTimeDays);
        return request.Windows.All(window => window.LastDay is not { } last || last < earliest);
    }

    /// <summary>The status that the request has now: a queued request that is over is expired, whether or not the ledger knows it already.</summary>
    public static RequestStatus StatusOf(Request request, DecisionBasis basis) =>
        request.Status == RequestStatus.Queued && IsOver(request, basis) ? RequestStatus.Expired : request.Status;
}
