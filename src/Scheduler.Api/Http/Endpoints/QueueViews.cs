using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The views of the requests of one institution: how each stands, how many seats are ahead of it, and what the last plan says. No view
/// names another institution.
/// </summary>
internal sealed class QueueViews(Query query)
{
    private readonly LedgerReader _ledger = query.Api.Ledger.Read;
    private readonly QueueAhead _ahead = new(query.Api.Ledger.Read, query.Cancellation);

    /// <summary>The views, in the order of the requests. <paramref name="before"/> is the number of waiting requests before the first.</summary>
    public async ValueTask<List<RequestView>> Of(InstitutionId institution, IReadOnlyCollection<Request> requests, int? before)
    {
        Guid[] waiting = [.. requests.Where(request => request.Status == RequestStatus.Queued).Select(request => request.Id.Value)];
        var standings = waiting.Length == 0
            ? []
            : (await query.Api.Queue(institution).Standings(waiting, query.Cancellation)).Standings.ToDictionary(standing => standing.Request);
        RequestId[] flexible = [.. requests.Where(request => request is { IsFlexible: true, Status: RequestStatus.Queued }).Select(request => request.Id)];
        var reasons = flexible.Length == 0 ? [] : (await _ledger.PlanReasons(flexible, query.Cancellation)).ToDictionary(reason => reason.Request);
        var views = new List<RequestView>(requests.Count);
        foreach (var request in requests)
        {
            var view = RequestView.Of(request, query.Catalogue);
            if (request.Status == RequestStatus.Queued)
            {
                before++;
                // The request may have been served after its page was read. It then has no standing, and no rank.
                view = standings.TryGetValue(request.Id.Value, out var standing) ? view.At(request, standing) : view;
                var (rank, seats) = await _ahead.Of(request);
                view = view with
                {
                    Position = before,
                    Rank = request.IsFlexible ? null : rank,
                    SeatsAhead = seats,
                    LastPlan = reasons.TryGetValue(request.Id, out var reason) ? LastPlanView.Of(reason, view.Zone) : null,
                };
            }

            views.Add(view);
        }

        return views;
    }
}
