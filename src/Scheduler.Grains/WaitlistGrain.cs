using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// R9: a round offers what is free to everyone who waits, in order. The order, and who waits, is read from the ledger; whether an entry fits is decided by its own
/// institution's queue, which books it in the transaction that ends the entry. Rounds follow each other; those asked for while one runs share the next.
/// </summary>
[GrainType("waitlist")]
[Reentrant]
internal sealed class WaitlistGrain(SeatLedger ledger, ILogger<WaitlistGrain> log) : Grain, IWaitlistGrain
{
    private Task _last = Task.CompletedTask;
    private Task? _next;

    public Task Round()
    {
        // A round that has begun may be past the entry that could have what was just freed: only one that has not is shared.
        if (_next is { } notBegun)
            return notBegun;
        return _last.IsCompleted ? _last = Serve(null, isNews: true) : _next = _last = RoundAfter(_last);
    }

    public Task Look(Guid[] requests) => _last = _last.IsCompleted ? Serve(requests, isNews: true) : After(_last, requests, isNews: true);

    public Task Check() => _last = _last.IsCompleted ? Serve(null, isNews: false) : After(_last, null, isNews: false);

    private async Task RoundAfter(Task before)
    {
        await Ended(before);
        _next = null;
        await Serve(null, isNews: true);
    }

    private async Task After(Task before, Guid[]? only, bool isNews)
    {
        await Ended(before);
        await Serve(only, isNews);
    }

    private static async Task Ended(Task before) => await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private async Task Serve(Guid[]? only, bool isNews)
    {
        var (pool, from, to) = SlotKey.ParseDay(this.GetPrimaryKeyString());
        var waiting = await ledger.Read.Waiting(pool, SlotMinutes.ToInstant(from), SlotMinutes.ToInstant(to));
        var unasked = 0;
        foreach (var request in waiting.Where(request => only is null || only.Contains(request.Id.Value)))
        {
            if (!await Offered(request, isNews))
                unasked++;
        }

        if (unasked > 0)
            throw new InvalidOperationException($"{unasked} of those who wait could not be asked.");
    }

    /// <summary>False when it could not be tried: those behind are asked all the same.</summary>
    private async Task<bool> Offered(Request request, bool isNews)
    {
        try
        {
            var why = await GrainFactory.Queue(request.Institution).Offer(request.Id.Value, isNews);
            return why is not ("busy" or "unavailable");
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Waitlist entry {Request} could not be asked.", request.Id);
            return false;
        }
    }
}
