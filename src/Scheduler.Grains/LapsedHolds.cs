using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Offers what lapsed holds gave back to those who wait, at once (R9, R10): no call frees it, so the commit that tidied a hold up starts the round, and whoever walks in
/// meanwhile waits for its end. A hold that has lapsed and was not tidied up yet is, by whoever meets it first.
/// </summary>
internal sealed class LapsedHolds : IDisposable
{
    private readonly SeatLedger _ledger;
    private readonly WaitlistRounds _rounds;
    private readonly ILogger<LapsedHolds> _log;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<SlotHour, Lapse> _offering = new();
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private int _count;

    public LapsedHolds(SeatLedger ledger, WaitlistRounds rounds, ILogger<LapsedHolds> log)
    {
        (_ledger, _rounds, _log) = (ledger, rounds, log);
        _subscription = ledger.Feed.Subscribe(Hear);
    }

    /// <summary>Ends when everything that has lapsed so far was offered.</summary>
    public Task Offered
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>The offering of one of these slots' seats that is under way; null when there is none.</summary>
    public Task? Offering(ImmutableArray<SlotTouch> touches)
    {
        if (Volatile.Read(ref _count) == 0)
            return null;
        foreach (var touch in touches)
        {
            if (touch.Ask > 0 && _offering.TryGetValue(touch.Slot, out var lapse))
                return lapse.Offered;
        }

        return null;
    }

    /// <summary>Tidies lapsed holds up, and waits until those who wait for these slots were asked.</summary>
    public async Task Tidy(ImmutableArray<SlotTouch> touches)
    {
        await _ledger.Tidy();
        if (Offering(touches) is { } offering)
            await offering;
    }

    public void Dispose() => _subscription.Dispose();

    private void Hear(ImmutableArray<FeedChange> changes)
    {
        // Of several silos the one that tidied up offers; should it die over it, the clockwork of the others looks at everybody once a minute.
        foreach (var change in changes.Where(change => change is { Kind: "hold_lapsed", IsOwn: true }))
            Begin(change.Institution, [.. change.Slots.Select(seats => seats.Slot)]);
    }

    private void Begin(InstitutionId? institution, ImmutableArray<SlotHour> slots)
    {
        if (!_rounds.AnybodyWaits)
            return;
        lock (_gate)
        {
            var lapse = new Lapse(institution, slots);
            var before = _last;
            _last = lapse.Offered = Offer(before, lapse);
            foreach (var slot in slots)
                _offering[slot] = lapse;
            Volatile.Write(ref _count, _offering.Count);
        }
    }

    private async Task Offer(Task before, Lapse lapse)
    {
        // The committer's thread is not kept: the rounds run elsewhere.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            var days = _rounds.Waiting(lapse.Slots);
            await _rounds.Run(days);
            if (lapse.Institution is { } own)
                await _rounds.Look(own, days);
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "What a lapsed hold gave back could not be offered; the clockwork looks again.");
        }
        finally
        {
            lock (_gate)
            {
                foreach (var slot in lapse.Slots)
                    _offering.TryRemove(new(slot, lapse));
                Volatile.Write(ref _count, _offering.Count);
            }
        }
    }

    private sealed class Lapse(InstitutionId? institution, ImmutableArray<SlotHour> slots)
    {
        public InstitutionId? Institution { get; } = institution;

        public ImmutableArray<SlotHour> Slots { get; } = slots;

        public Task Offered { get; set; } = Task.CompletedTask;
    }
}
