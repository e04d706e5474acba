using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Starts the rounds of the waitlists on this silo. No round is lost: a round that fails (the database cannot be reached, a silo has failed) is noted as due,
/// and the season clock runs the round again.
/// </summary>
internal sealed class WaitlistRounds(IGrainFactory grains, WaitlistIndex index, ILogger<WaitlistRounds> log)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstCheck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<SlotHour> _due = [];
    private readonly HashSet<PoolId> _checksDue = [];

    /// <summary>Whether there is any queued entry.</summary>
    public bool AnybodyWaits => !index.IsEmpty;

    /// <summary>
    /// Ends when the first check since this silo started is over: seats that came free before a crash go to those who wait, not to the first walk-in. A pool
    /// whose check failed does not keep walk-ins out; its check is repeated.
    /// </summary>
    public Task FirstCheck => _firstCheck.Task;

    /// <summary>Whether a queued entry's block contains this slot.</summary>
    public bool IsWaitedFor(SlotHour slot) => index.IsWaitedFor(slot);

    /// <summary>Whether the first check is done, or no entry waits for this slot.</summary>
    public bool IsFirstCheckDone(SlotHour slot) => _firstCheck.Task.IsCompleted || !index.IsWaitedFor(slot);

    /// <summary>Those of the slots that have a waitlist entry.</summary>
    public ImmutableArray<SlotHour> WaitedFor(IEnumerable<SlotHour> slots) => index.IsEmpty ? [] : [.. slots.Where(index.IsWaitedFor)];

    /// <summary>Runs a round for these slots, one round for each pool.</summary>
    public async Task Run(IEnumerable<SlotHour> slots)
    {
        foreach (var pool in slots.Distinct().GroupBy(slot => slot.Pool).OrderBy(group => group.Key))
        {
            SlotHour[] freed = [.. pool];
            if (!await Try(pool.Key, waitlist => waitlist.Round([.. freed.Select(slot => slot.Minutes)])))
                Note(freed);
        }
    }

    /// <summary>Makes an offer to an institution's entries again, except entries for one of the slots of a round that has just ended.</summary>
    public async Task Retry(InstitutionId institution, ImmutableArray<SlotHour> asked)
    {
        foreach (var request in index.Of(institution).Where(request => !asked.Any(request.Covers)).ToList())
        {
            if (!await Try(request.Pool, waitlist => waitlist.Retry([request.Id.Value])))
                Note([request.Slot(0)]);
        }
    }

    /// <summary>Makes an offer to every entry, because time or a rule that the operator changed may allow an entry now.</summary>
    public async Task Check()
    {
        foreach (var pool in index.Entries.Select(request => request.Pool).Distinct().Order().ToList())
            await Check(pool);
        _firstCheck.TrySetResult();
    }

    /// <summary>Notes that a round for these slots is due.</summary>
    public void Note(IEnumerable<SlotHour> slots)
    {
        lock (_lock)
            _due.UnionWith(slots);
    }

    /// <summary>Runs the rounds and checks that are due.</summary>
    public async Task RunDue()
    {
        SlotHour[] slots;
        PoolId[] pools;
        lock (_lock)
        {
            (slots, pools) = ([.. _due], [.. _checksDue]);
            _due.Clear();
            _checksDue.Clear();
        }

        await Run(slots);
        foreach (var pool in pools)
            await Check(pool);
    }

    private async Task Check(PoolId pool)
    {
        if (await Try(pool, waitlist => waitlist.Check()))
            return;
        lock (_lock)
            _checksDue.Add(pool);
    }

    private async Task<bool> Try(PoolId pool, Func<IWaitlistGrain, Task> run)
    {
        try
        {
            await run(grains.Waitlist(pool));
            return true;
        }
        catch (Exception fault)
        {
            // The seats are free in the ledger, and the call that freed the seats has ended. Only the offer failed, and the offer is repeated.
            log.LogWarning(fault, "A waitlist round of pool {Pool} failed for at least one entry; the round is repeated.", pool);
            return false;
        }
    }
}
