using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Who is ahead of a request among all institutions: of those that wait for its block, or, for a flexible request, for its pool. The requests of one block,
/// and of one pool, are read once. Only counts leave here, and no name (R14).
/// </summary>
internal sealed class QueueAhead(LedgerReader ledger, CancellationToken cancellation)
{
    private readonly Dictionary<SlotHour, List<QueuedSeats>> _byBlock = [];
    private readonly Dictionary<PoolId, List<QueuedSeats>> _byPool = [];

    /// <summary>
    /// The place of a request, counted from 1, by weight and then by age, and the seats of those before it. Null when the request no longer waits.
    /// </summary>
    public async ValueTask<(int? Rank, int? Seats)> Of(Request request)
    {
        var entries = request.IsFlexible ? await OfPool(request.Pool) : await OfBlock(request);
        var index = entries.FindIndex(entry => entry.Request == request.Id);
        return index < 0 ? (null, null) : (index + 1, entries.Take(index).Sum(entry => entry.Seats));
    }

    private async ValueTask<List<QueuedSeats>> OfPool(PoolId pool)
    {
        if (!_byPool.TryGetValue(pool, out var entries))
            _byPool[pool] = entries = await ledger.QueuedSeats(pool, cancellation);
        return entries;
    }

    private async ValueTask<List<QueuedSeats>> OfBlock(Request request)
    {
        var block = new SlotHour(request.Pool, SlotMinutes.Of(request.PreferredStart));
        if (!_byBlock.TryGetValue(block, out var entries))
        {
            var start = request.PreferredStart;
            var read = await ledger.QueuedRequests(request.Pool, start, start + Duration.FromMinutes(1), cancellation);
            _byBlock[block] = entries = [.. read.Select(entry => new QueuedSeats(entry.Id, entry.Seats))];
        }

        return entries;
    }
}
