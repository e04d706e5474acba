using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Offers the seats of lapsed holds to the waitlist at once (R9, R10). No call frees these seats, so the commit that swept the hold starts the round, and
/// walk-ins wait for the end of the round. Holds that are swept while a round runs share the next round.
/// </summary>
/// <remarks>
/// The silo that swept the hold offers the seats. Another silo learns of the sweep from the feed, and cannot see whether the offer has ended. So the first
/// walk-in who asks there for a swept slot starts one more round, and waits for this round. When the silo that swept fails before the offer and nobody asks,
/// the season clock of another silo makes an offer to every entry within a minute.
/// </remarks>
internal sealed class LapsedHolds : IDisposable
{
    private readonly WaitlistRounds _rounds;
    private readonly ILogger<LapsedHolds> _log;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<SlotHour, Task> _bySlot = new();
    // Slots of holds that another process swept, with the institution of the last such hold.
    private readonly ConcurrentDictionary<SlotHour, InstitutionId?> _sweptElsewhere = new();
    private readonly Lock _lock = new();
    private List<(InstitutionId? Institution, ImmutableArray<SlotHour> Slots)> _waiting = [];
    private Task? _next;
    private Task _last = Task.CompletedTask;

    public LapsedHolds(SeatLedger ledger, WaitlistRounds rounds, ILogger<LapsedHolds> log)
    {
        (_rounds, _log) = (rounds, log);
        _subscription = ledger.Feed.Subscribe(Apply);
    }

    /// <summary>Ends when the seats of all holds swept so far were offered.</summary>
    public Task Offered
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>
    /// The round that offers a lapsed hold's seats in this slot; null when there is none. Starts the round when another process swept the hold.
    /// </summary>
    public Task? Round(SlotHour slot)
    {
        if (!_sweptElsewhere.IsEmpty && _sweptElsewhere.TryRemove(slot, out var institution))
            Add(institution, [slot]);
        return _bySlot.IsEmpty ? null : _bySlot.GetValueOrDefault(slot);
    }

    public void Dispose() => _subscription.Dispose();

    private void Apply(ImmutableArray<FeedChange> changes)
    {
        if (!_rounds.AnybodyWaits)
            return;
        foreach (var change in changes)
        {
            if (change.Kind != ChangeKind.HoldLapsed)
                continue;
            if (change.IsOwn)
                Add(change.Institution, [.. change.Slots.Select(seats => seats.Slot)]);
            else
                Note(change);
        }
    }

    private void Note(FeedChange change)
    {
        foreach (var (slot, _) in _sweptElsewhere)
        {
            if (!_rounds.IsWaitedFor(slot))
                _sweptElsewhere.TryRemove(slot, out _);
        }

        foreach (var slot in _rounds.WaitedFor(change.Slots.Select(seats => seats.Slot)))
            _sweptElsewhere[slot] = change.Institution;
    }

    private void Add(InstitutionId? institution, ImmutableArray<SlotHour> slots)
    {
        lock (_lock)
        {
            _waiting.Add((institution, slots));
            _next ??= _last = Offer(_last);
            foreach (var slot in slots)
                _bySlot[slot] = _next;
        }
    }

    private async Task Offer(Task before)
    {
        // The committer's thread calls this class and must not wait, so the round runs on another thread.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        List<(InstitutionId? Institution, ImmutableArray<SlotHour> Slots)> lapsed;
        Task? own;
        lock (_lock)
        {
            (lapsed, _waiting) = (_waiting, []);
            (own, _next) = (_next, null);
        }

        try
        {
            var slots = _rounds.WaitedFor(lapsed.SelectMany(one => one.Slots).Distinct());
            await _rounds.Run(slots);
            foreach (var institution in lapsed.Select(one => one.Institution).OfType<InstitutionId>().Distinct())
                await _rounds.Retry(institution, slots);
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "The seats of lapsed holds could not be offered; the season clock makes an offer to every waitlist entry within a minute.");
        }
        finally
        {
            foreach (var slot in lapsed.SelectMany(one => one.Slots))
                _bySlot.TryRemove(new(slot, own!));
        }
    }
}
