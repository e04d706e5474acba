using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// R9: a round offers free seats to the waitlist entries for these seats, in order. The ledger returns the entries in their order. An entry's own institution
/// decides whether the entry fits; one transaction books the block and ends the entry. Rounds run one after the other. Slots that become free while a round
/// runs share the next round.
/// </summary>
[GrainType("waitlist")]
[Reentrant]
internal sealed class WaitlistGrain(SeatLedger ledger, ILogger<WaitlistGrain> log) : Grain, IWaitlistGrain
{
    private readonly HashSet<int> _freed = [];
    private Task _last = Task.CompletedTask;
    private Task? _next;

    private PoolId Pool => PoolId.Of(this.GetPrimaryKeyString());

    public Task Round(int[] slots)
    {
        // A running round may already have passed the entry that fits these seats, so callers share only a round that has not begun.
        _freed.UnionWith(slots);
        return _next ??= _last = NextRound(_last);
    }

    public Task Retry(Guid[] requests) => _last = After(_last, () => Offer(request => requests.Contains(request.Id.Value), isNews: true));

    public Task Check() => _last = After(_last, () => Offer(_ => true, isNews: false));

    private async Task NextRound(Task before)
    {
        await Ended(before);
        // Continues in a later turn than the call, so that the call sets the field <c>_next</c> before this line clears it.
        await Task.Yield();
        _next = null;
        int[] freed = [.. _freed];
        _freed.Clear();
        await Offer(freed);
    }

    private static async Task After(Task before, Func<Task> offer)
    {
        await Ended(before);
        await offer();
    }

    private static async Task Ended(Task before) =>
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private Task Offer(int[] freed)
    {
        if (freed.Length == 0)
            return Task.CompletedTask;
        var slots = freed.ToHashSet();
        // A block that touches a freed slot starts at most a block's length before the slot.
        var from = SlotMinutes.ToInstant(freed.Min()) - Duration.FromHours(Limits.BlockSlots);
        var to = SlotMinutes.ToInstant(freed.Max()) + Duration.FromMinutes(1);
        return Offer(from, to, request => Touches(request, slots), isNews: true);
    }

    private Task Offer(Func<Request, bool> isAsked, bool isNews) => Offer(SlotGrid.Earliest, SlotGrid.Latest, isAsked, isNews);

    private async Task Offer(Instant from, Instant to, Func<Request, bool> isAsked, bool isNews)
    {
        var entries = await ledger.Read.QueuedRequests(Pool, from, to, CancellationToken.None);
        var results = await OfferInOrder([.. entries.Where(isAsked)]);
        // The reasons are recorded after the round and concurrently, so that one commit can contain all of them.
        var taken = TakenBehind(results);
        await Task.WhenAll(results.Index().Where(one => one.Item.Outcome.Status == OfferStatus.PassedOver)
            .Select(one => GrainFactory.Queue(one.Item.Request.Institution)
                .PassOver(one.Item.Request.Id.Value, one.Item.Outcome, taken[one.Index], isNews)));
        var untried = results.Count(one => one.Outcome.Status == OfferStatus.NotTried);
        if (untried > 0)
            throw new WaitlistRoundException($"{untried} of {results.Length} entries could not be asked.");
    }

    /// <summary>
    /// Makes an offer to each entry after all earlier entries with a common slot or the same institution have their answer. Entries without a common slot or
    /// institution do not compete, so their order does not matter and their offers run concurrently.
    /// </summary>
    private Task<(Request Request, OfferResult Outcome)[]> OfferInOrder(ImmutableArray<Request> entries)
    {
        var bySlot = new Dictionary<SlotHour, Task>();
        var byInstitution = new Dictionary<InstitutionId, Task>();
        var offers = new List<Task<(Request, OfferResult)>>(entries.Length);
        foreach (var request in entries)
        {
            var before = new List<Task>(request.Profile.Slots + 1);
            if (byInstitution.TryGetValue(request.Institution, out var own))
                before.Add(own);
            for (var k = 0; k < request.Profile.Slots; k++)
            {
                if (bySlot.TryGetValue(request.Slot(k), out var other))
                    before.Add(other);
            }

            var offer = OfferAfter(before, request);
            byInstitution[request.Institution] = offer;
            for (var k = 0; k < request.Profile.Slots; k++)
                bySlot[request.Slot(k)] = offer;
            offers.Add(offer);
        }

        return Task.WhenAll(offers);
    }

    private async Task<(Request, OfferResult)> OfferAfter(List<Task> before, Request request)
    {
        await Task.WhenAll(before);
        try
        {
            return (request, await GrainFactory.Queue(request.Institution).Offer(request.Id.Value));
        }
        catch (Exception fault)
        {
            // The later entries still get their offer.
            log.LogWarning(fault, "The offer to waitlist entry {Request} failed.", request.Id);
            return (request, new(OfferStatus.NotTried));
        }
    }

    /// <summary>For each entry the seats that the entries behind it got in its hours, in the hour where they got most.</summary>
    private static int[] TakenBehind((Request Request, OfferResult Outcome)[] results)
    {
        var (taken, bySlot) = (new int[results.Length], new Dictionary<SlotHour, int>());
        for (var at = results.Length - 1; at >= 0; at--)
        {
            var (request, outcome) = results[at];
            for (var k = 0; k < request.Profile.Slots; k++)
            {
                var seats = bySlot.GetValueOrDefault(request.Slot(k));
                taken[at] = Math.Max(taken[at], seats);
                if (outcome.Status == OfferStatus.Booked)
                    bySlot[request.Slot(k)] = seats + request.Profile[k];
            }
        }

        return taken;
    }

    private static bool Touches(Request request, HashSet<int> slots)
    {
        for (var k = 0; k < request.Profile.Slots; k++)
        {
            if (slots.Contains(request.Slot(k).Minutes))
                return true;
        }

        return false;
    }
}
