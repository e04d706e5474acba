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
[GrainType("slot-pool")]
[Reentrant]
internal sealed class SlotPoolGrain(SeatLedger ledger, IClock clock, StaleMarks marks, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time) : Grain, ISlotPoolGrain
{
    // A commit takes milliseconds; one that has not settled for this long belongs to a silo that is gone.
    private static readonly Duration _ticketLife = Duration.FromSeconds(10);

    private readonly SlotState _state = new();
    private SlotHour _slot;
    private StaleMark _mark = new();
    private Task? _loading;
    private TaskCompletionSource? _settled;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _slot = SlotKey.Parse(this.GetPrimaryKeyString());
        _mark = marks.Watch(_slot);
        return Load();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        marks.Leave(_slot, _mark);
        return Task.CompletedTask;
    }

    public ValueTask<SlotAnswer> Admit(SlotAsk ask)
    {
        // The hot path never awaits: a full slot refuses, and an empty one admits, in the turn that asked.
        if (!IsDoubtful())
        {
            var now = clock.GetCurrentInstant();
            var verdict = _state.Admit(ask.Ticket, ask.Seats, ask.FromWaitlist, now);
            if (verdict == SlotVerdict.Admitted || (verdict == SlotVerdict.Full && ledger.Feed.IsFresh))
                return new(Answer(verdict == SlotVerdict.Admitted, now));
        }

        return AdmitSlowly(ask);
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
        return Task.CompletedTask;
    }

    public ValueTask<SlotAnswer> Look() =>
        IsDoubtful() || !ledger.Feed.IsFresh ? LookSlowly() : new(Answer(false, clock.GetCurrentInstant()));

    private async ValueTask<SlotAnswer> AdmitSlowly(SlotAsk ask)
    {
        while (true)
        {
            await Refresh();
            var now = clock.GetCurrentInstant();
            var verdict = _state.Admit(ask.Ticket, ask.Seats, ask.FromWaitlist, now);
            if (verdict != SlotVerdict.Waits)
                return Answer(verdict == SlotVerdict.Admitted, now);
            await Settled();
        }
    }

    private async ValueTask<SlotAnswer> LookSlowly()
    {
        await Refresh();
        return Answer(false, clock.GetCurrentInstant());
    }

    private SlotAnswer Answer(bool isAdmitted, Instant now) => new(isAdmitted, _state.Capacity, Math.Max(0, _state.Free(now)));

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
            await (_loading ??= Load());
    }

    private async Task Load()
    {
        try
        {
            var row = await ledger.Read.Slot(_slot);
            _state.Load(row.Capacity, row.Booked, row.Holds.Select(hold => (hold.Hold, hold.Seats, hold.ExpiresAt)));
        }
        finally
        {
            _loading = null;
        }
    }

    private async Task Settled()
    {
        var settled = _settled ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await settled.Task.WaitAsync(_ticketLife.ToTimeSpan(), time);
        }
        catch (TimeoutException)
        {
            // Whoever held the tickets is gone. The ledger knows whether they were committed.
            _state.Forget(clock.GetCurrentInstant() - _ticketLife);
            Wake();
        }
    }

    private void Wake()
    {
        _settled?.TrySetResult();
        _settled = null;
    }
}
