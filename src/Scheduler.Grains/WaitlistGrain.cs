using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// R9: a round offers what is free to everyone who waits, in order. The order, and who waits, is read from the ledger; whether an entry fits is decided by its own
/// institution's queue, which books it in the transaction that ends the entry. Rounds asked for while one runs share the next.
/// </summary>
[GrainType("waitlist")]
[Reentrant]
internal sealed class WaitlistGrain(SeatLedger ledger, ILogger<WaitlistGrain> log) : Grain, IWaitlistGrain
{
    private Task _running = Task.CompletedTask;
    private Task? _next;

    public Task Round()
    {
        if (_running.IsCompleted)
            return _running = Serve();
        return _next ??= After(_running);
    }

    private async Task After(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _next = null;
        await (_running = Serve());
    }

    private async Task Serve()
    {
        var (pool, from, to) = SlotKey.ParseDay(this.GetPrimaryKeyString());
        foreach (var request in await ledger.Read.Waiting(pool, SlotMinutes.ToInstant(from), SlotMinutes.ToInstant(to)))
        {
            var queue = GrainFactory.GetGrain<IInstitutionQueueGrain>(request.Institution.Text);
            if (await queue.Offer(request.Id.Value) is { } why)
                log.LogDebug("Waitlist entry {Request} was passed over: {Why}.", request.Id, why);
        }
    }
}
