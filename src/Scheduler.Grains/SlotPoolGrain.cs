using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// R3's fast front. States of a seat: free → pending (admitted, commit on its way) → booked or held (settled), or back to free. Who may fail when: the caller between
/// admission and settlement (its ticket is forgotten after a while, and the slot reads the ledger), this grain at any time (it reads the ledger on activation). Nothing is
/// lost, since the guard of the commit decides; a wrong memory costs a refused commit and a reading, or a wait.
/// </summary>
/// <remarks>Reentrant: a wish that waits must not keep the settlement out that it waits for. Between two awaits a turn is alone, and decides and writes in one.</remarks>
[GrainType(TypeName)]
[PoolDayAffinity]
[Reentrant]
internal sealed class SlotPoolGrain(SeatLedger ledger, IClock clock, StaleMarks marks, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time) : Grain, ISlotPoolGrain
{
    internal const string TypeName = "slot-pool";

    // A commit takes milliseconds; one that has not settled for this long belongs to a silo that is gone.
    private static readonly Duration _ticketLife = Duration.FromSeconds(10);

    private readonly SlotState _state = new();
    private readonly List<Waiter> _waiting = [];
    private SlotHour _slot;
    private StaleMark _mark = new();
    private JoinedTask? _loading;
    private Task? _waking;
    private Task? _watch;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _slot = SlotKey.Parse(this.GetPrimaryKeyString());
        _mark = marks.Watch(_slot);
        // With one writer the picture is never behind what was answered: where it shows a slot without a seat taken, there is no row to read.
        ledger.Picture.TryGet(_slot, out var capacity, out var taken);
        if (ledger.IsShared || taken > 0)
            return Load();
        _state.Load(capacity, 0, []);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        marks.Leave(_slot, _mark);
        return Task.CompletedTask;
    }

    public ValueTask<SlotAnswer> Admit(SlotAsk ask)
    {
        // The hot path never awaits: a full slot refuses, and an empty one admits, in the turn that asked.
        return !IsDoubtful() && Judge(ask) is { } answer && (answer.IsAdmitted || ledger.Feed.IsFresh) ? new(answer) : AdmitSlowly(ask);
    }

    public ValueTask Announce(Guid ticket, int keptSeats)
    {
        _state.Announce(ticket, keptSeats, clock.GetCurrentInstant());
        return ValueTask.CompletedTask;
    }

    public Task Settle(SlotSettlement settlement)
    {
        (HoldId, int, Instant)? made = settlement.HoldMade is { } id ? (new HoldId(id), settlement.HeldSeats, settlement.ExpiresAt) : null;
        _state.Settle(settlement.Ticket, settlement.Booked, made, settlement.HoldEnded is { } ended ? new HoldId(ended) : null);
        Wake();
        return Task.CompletedTask;
    }

    public Task ReleaseKept(Guid ticket)
    {
        _state.ReleaseKept(ticket);
        Wake();
        return Task.CompletedTask;
    }

    public Task Doubt()
    {
        _state.Doubt();
        Wake();
        return Task.CompletedTask;
    }

    public ValueTask<SlotAnswer> Look() =>
        IsDoubtful() || !ledger.Feed.IsFresh ? LookSlowly() : new(Shown(clock.GetCurrentInstant()));

    private async ValueTask<SlotAnswer> AdmitSlowly(SlotAsk ask)
    {
        await Refresh();
        if (Judge(ask) is { } answer)
            return answer;
        var waiter = new Waiter(ask);
        _waiting.Add(waiter);
        _watch ??= Watch();
        return await waiter.Answer.Task;
    }

    private async ValueTask<SlotAnswer> LookSlowly()
    {
        await Refresh();
        return Shown(clock.GetCurrentInstant());
    }

    /// <summary>The answer to an ask; null when it has to wait.</summary>
    private SlotAnswer? Judge(SlotAsk ask)
    {
        var now = clock.GetCurrentInstant();
        return _state.Admit(ask.Ticket, ask.Seats, ask.FromWaitlist, now) switch
        {
            SlotVerdict.Admitted => Shown(now) with { IsAdmitted = true, HasLapsed = ask is { FromWaitlist: false, Seats: > 0 } && _state.HasLapsed(now) },
            SlotVerdict.Full => Shown(now),
            SlotVerdict.Kept when ask.HoldsOthers => Shown(now) with { IsKept = true },
            _ => null,
        };
    }

    private SlotAnswer Shown(Instant now) => new(false, _state.Capacity, _state.Free(now));

    private bool IsDoubtful()
    {
        if (_mark.Take())
            _state.Doubt();
        return _state.IsDoubtful;
    }

    private async Task Refresh()
    {
        if (!ledger.Feed.IsFresh)
            await ledger.Feed.Refresh();
        while (IsDoubtful())
            await (_loading ??= new(Load)).Join();
    }

    private async Task Load()
    {
        var doubts = _state.Doubts;
        var row = await ledger.Read.Slot(_slot);
        _state.Load(row.Capacity, row.Booked, row.Holds.Select(hold => (hold.Hold, hold.Seats, hold.ExpiresAt)));
        // What settled or was doubted while the ledger was read may be missing from what was read: then it is read again.
        if (_state.Doubts != doubts)
            _state.Doubt();
    }

    /// <summary>
    /// Something has settled: whoever waits is judged again, in the order of arrival. No waiter's task wakes for nothing, so that a herd at a slot that fills costs each but
    /// one comparison per settlement.
    /// </summary>
    private void Wake()
    {
        if (_waiting.Count == 0)
            return;
        if (IsDoubtful() || !ledger.Feed.IsFresh)
        {
            _waking ??= WakeSlowly();
            return;
        }

        var left = 0;
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (Judge(_waiting[i].Ask) is { } answer)
                _waiting[i].Answer.SetResult(answer);
            else
                _waiting[left++] = _waiting[i];
        }

        _waiting.RemoveRange(left, _waiting.Count - left);
    }

    private async Task WakeSlowly()
    {
        // Begun in a later turn, so that the field is set before it is cleared.
        await Task.Yield();
        try
        {
            await Refresh();
        }
        catch (Exception fault)
        {
            // Nobody may wait for ever: each hears why there is no answer.
            foreach (var waiter in _waiting)
                waiter.Answer.SetException(fault);
            _waiting.Clear();
        }

        _waking = null;
        Wake();
    }

    /// <summary>While somebody waits: tickets whose holders are gone are forgotten. The ledger knows whether they were committed.</summary>
    private async Task Watch()
    {
        using var timer = new PeriodicTimer(_ticketLife.ToTimeSpan() / 4, time);
        while (_waiting.Count > 0 && await timer.WaitForNextTickAsync())
        {
            _state.Forget(clock.GetCurrentInstant() - _ticketLife);
            Wake();
        }

        _watch = null;
    }

    private sealed record Waiter(SlotAsk Ask)
    {
        public TaskCompletionSource<SlotAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
