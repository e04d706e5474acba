using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The views of the requests of one institution: how each stands, how many seats are ahead of it, and what the last plan says. The requests that wait for one
/// block, or for one pool, are read once. No view names another institution.
/// </summary>
internal sealed class QueueViews(Query query)
{
    private readonly LedgerReader _ledger = query.Api.Ledger.Read;
    private readonly Dictionary<SlotHour, List<QueuedSeats>> _byBlock = [];
    private readonly Dictionary<PoolId, List<QueuedSeats>> _byPool = [];

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
                var (rank, seats) = await Ahead(request);
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

    /// <summary>
    /// The place of a request, counted from 1, among all that wait for its block (or, flexible, for its pool), by weight and then by age, and the seats of
    /// those before it. Null when the request no longer waits.
    /// </summary>
    private async ValueTask<(int? Rank, int? Seats)> Ahead(Request request)
    {
        var entries = request.IsFlexible ? await OfPool(request.Pool) : await OfBlock(request);
        var index = entries.FindIndex(entry => entry.Request == request.Id);
        return index < 0 ? (null, null) : (index + 1, entries.Take(index).Sum(entry => entry.Seats));
    }

    private async ValueTask<List<QueuedSeats>> OfPool(PoolId pool)
    {
        if (!_byPool.TryGetValue(pool, out var entries))
            _byPool[pool] = entries = await _ledger.QueuedSeats(pool, query.Cancellation);
        return entries;
    }

    private async ValueTask<List<QueuedSeats>> OfBlock(Request request)
    {
        var block = new SlotHour(request.Pool, SlotMinutes.Of(request.PreferredStart));
        if (!_byBlock.TryGetValue(block, out var entries))
        {
            var start = request.PreferredStart;
            var read = await _ledger.QueuedRequests(request.Pool, start, start + Duration.FromMinutes(1), query.Cancellation);
            _byBlock[block] = entries = [.. read.Select(entry => new QueuedSeats(entry.Id, entry.Seats))];
        }

        return entries;
    }
}
