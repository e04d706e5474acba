using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Wakes waitlists. A wake-up is never lost: what could not be offered now (a database away, a silo gone) is noted as due, and the clockwork offers it again.
/// </summary>
internal sealed class WaitlistRounds(IGrainFactory grains, WaitlistIndex index, ILogger<WaitlistRounds> log)
{
    private readonly ConcurrentDictionary<(PoolId Pool, int Day), bool> _due = new();

    /// <summary>Whether anybody waits at all.</summary>
    public bool AnybodyWaits => !index.IsEmpty;

    /// <summary>Days on which somebody waits for one of these slots.</summary>
    public ImmutableArray<(PoolId Pool, int Day)> Waiting(IEnumerable<SlotHour> slots) => index.Waiting(slots);

    /// <summary>Runs the rounds of these days, the earliest first: who waits for several is asked about one after the other.</summary>
    public async Task Run(IEnumerable<(PoolId Pool, int Day)> days)
    {
        foreach (var day in days.Distinct().Order())
            await Try(day, waitlist => waitlist.Round());
    }

    /// <summary>An institution's own things changed: its entries are looked at by weight and then age, but for those on days that a round has just seen.</summary>
    public async Task Look(InstitutionId institution, ImmutableArray<(PoolId Pool, int Day)> seen)
    {
        foreach (var request in index.Of(institution).Where(request => !seen.Contains(WaitlistIndex.Key(request))).ToList())
            await Try(WaitlistIndex.Key(request), waitlist => waitlist.Look([request.Id.Value]));
    }

    /// <summary>Looks on all days whether time alone, or the operator, made room for somebody.</summary>
    public async Task Check()
    {
        foreach (var day in index.Entries.Select(WaitlistIndex.Key).Distinct().Order().ToList())
            await Try(day, waitlist => waitlist.Check());
    }

    /// <summary>Notes that a round of these days is due.</summary>
    public void Note(IEnumerable<(PoolId Pool, int Day)> days)
    {
        foreach (var day in days)
            _due[day] = true;
    }

    /// <summary>Runs the rounds that are due.</summary>
    public Task RunDue() => _due.IsEmpty ? Task.CompletedTask : Run(_due.Keys.Where(day => _due.TryRemove(day, out _)).ToList());

    private async Task Try((PoolId Pool, int Day) day, Func<IWaitlistGrain, Task> run)
    {
        try
        {
            await run(grains.GetGrain<IWaitlistGrain>(SlotKey.Of(day)));
        }
        catch (Exception fault)
        {
            // The seats are free on disk, and whoever freed them is done: what failed is only the offering, and that is repeated.
            log.LogWarning(fault, "A waitlist round of {Day} did not reach everybody; it is repeated.", SlotKey.Of(day));
            _due[day] = true;
        }
    }
}
