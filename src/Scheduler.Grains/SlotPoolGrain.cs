using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Admits or refuses asks for the seats of one slot. <see cref="SlotAdmission"/> describes the protocol and the possible failures. This grain reads the figures
/// from the picture in memory, and waits for sweeps and rounds.
/// </summary>
/// <remarks>Reentrant: while an ask waits for the end of a round, the grain must be able to process that end. Between two awaits no other turn runs.</remarks>
[GrainType(TypeName)]
[PoolDayAffinity]
[Reentrant]
internal sealed class SlotPoolGrain(
    SeatLedger ledger, IClock clock, WaitlistRounds rounds, LapsedHolds lapsed, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time) : Grain, ISlotPoolGrain
{
    internal const string TypeName = "slot-pool";

    // A round takes between some milliseconds and a second. A round that is still open after this time was begun by a silo that has failed.
    private static readonly TimeSpan _longestRound = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, long> _rounds = [];
    private TaskCompletionSource _roundsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SlotHour _slot;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _slot = SlotKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public ValueTask<SlotAnswer> Admit(SlotAsk ask, CancellationToken cancellation)
    {
        // In the usual case nothing is awaited: a slot with free seats admits, and a full slot refuses, in the turn of the ask.
        var (verdict, answer) = Decide(ask);
        var isFinal = verdict == SlotVerdict.Admitted ? !ask.MustBeFresh : verdict == SlotVerdict.Full && IsFresh(ask);
        return isFinal ? new(answer) : AdmitLater(ask, cancellation);
    }

    public ValueTask BeginRound(Guid round)
    {
        _rounds[round] = time.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    public Task EndRound(Guid round)
    {
        if (_rounds.Remove(round) && _rounds.Count == 0)
            SignalEnd();
        return Task.CompletedTask;
    }

    private bool IsFresh(SlotAsk ask) => ledger.Feed.IsFresh && !ask.MustBeFresh;

    private async ValueTask<SlotAnswer> AdmitLater(SlotAsk ask, CancellationToken cancellation)
    {
        // A refusal must take all commits of other processes into account.
        if (!IsFresh(ask))
            await ledger.Feed.Refresh(cancellation);
        var isSwept = false;
        while (true)
        {
            var (verdict, answer) = Decide(ask, isSwept);
            switch (verdict)
            {
                case SlotVerdict.AfterSweep:
                    await ledger.SweepHolds(cancellation);
                    // Another process may have swept the hold. The feed then tells of the sweep, so that the walk-in waits for a round.
                    await ledger.Feed.Refresh(cancellation);
                    // Swept once is enough: a hold that cannot be swept now must not make an ask wait for ever.
                    isSwept = true;
                    break;
                case SlotVerdict.AfterRound:
                    await RoundsEnded(cancellation);
                    break;
                default:
                    return answer;
            }
        }
    }

    private (SlotVerdict Verdict, SlotAnswer Answer) Decide(SlotAsk ask, bool isSwept = false)
    {
        var view = ledger.Picture.Look(_slot, clock.GetCurrentInstant());
        var hasLapsed = view.HasLapsed && !isSwept && rounds.IsWaitedFor(_slot);
        var hasRound = _rounds.Count > 0 || lapsed.Round(_slot) is not null || !rounds.IsFirstCheckDone(_slot);
        var verdict = SlotAdmission.Decide(ask.Seats, view.Free, ask.Asker, hasLapsed, hasRound);
        return (verdict, new(verdict == SlotVerdict.Admitted, view.Capacity, view.Free));
    }

    private async Task RoundsEnded(CancellationToken cancellation)
    {
        if (!rounds.IsFirstCheckDone(_slot))
            await rounds.FirstCheck.WaitAsync(cancellation);
        if (lapsed.Round(_slot) is { } round)
            await round.WaitAsync(cancellation);
        if (_rounds.Count == 0)
            return;
        var left = _longestRound - time.GetElapsedTime(_rounds.Values.Min());
        if (left <= TimeSpan.Zero)
        {
            EndOldRounds();
            return;
        }

        try
        {
            await _roundsEnded.Task.WaitAsync(left, time, cancellation);
        }
        catch (TimeoutException)
        {
            EndOldRounds();
        }
    }

    private void EndOldRounds()
    {
        foreach (var id in _rounds.Where(pair => time.GetElapsedTime(pair.Value) >= _longestRound).Select(pair => pair.Key).ToList())
            _rounds.Remove(id);
        if (_rounds.Count == 0)
            SignalEnd();
    }

    private void SignalEnd()
    {
        _roundsEnded.TrySetResult();
        _roundsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
