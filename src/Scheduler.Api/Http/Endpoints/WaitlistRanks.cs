using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Ranks of waitlist entries. The entries that wait for one start of a pool are read once.</summary>
internal sealed class WaitlistRanks(LedgerReader ledger, CancellationToken cancellation)
{
    private readonly Dictionary<SlotHour, List<RequestId>> _waiting = [];

    /// <summary>
    /// The place of a request, counted from 1, among all requests that wait for a block of this pool with this start, by weight and then by age; null when the
    /// request no longer waits.
    /// </summary>
    public async ValueTask<int?> Of(Request request)
    {
        var block = new SlotHour(request.Pool, SlotMinutes.Of(request.PreferredStart));
        if (!_waiting.TryGetValue(block, out var entries))
        {
            var read = await ledger.QueuedRequests(request.Pool, request.PreferredStart, request.PreferredStart + Duration.FromMinutes(1), cancellation);
            _waiting[block] = entries = [.. read.Select(entry => entry.Id)];
        }

        // The request may have been served after its page was read.
        var index = entries.IndexOf(request.Id);
        return index < 0 ? null : index + 1;
    }
}
