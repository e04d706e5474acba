using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Looks once a second at what is due: holds that lapsed are tidied up, seats that they freed are offered to those who wait, and entries whose block can no longer be booked
/// expire. It only tidies up: what has lapsed is free because an instant has passed, whoever looks, and nothing depends on a tick coming in time or once.
/// </summary>
internal sealed class SeasonClock(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, WaitlistIndex index, WaitlistRounds rounds, IGrainFactory grains,
    [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<SeasonClock> log) : BackgroundService
{
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<SlotHour> _freed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = ledger.Feed.Subscribe(Hear);
        using var timer = new PeriodicTimer(_tick, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Tick();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; whatever is due then is due to whoever looks next.
        }
    }

    private async Task Tick()
    {
        try
        {
            await ledger.Tidy();
            await rounds.Run(rounds.Waiting(Freed()));
            await Expire();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "What was due could not be tidied up; it is tried again in a second.");
        }
    }

    private async Task Expire()
    {
        var things = catalogue.Current;
        var now = clock.GetCurrentInstant();
        foreach (var request in index.Entries.Where(request => things.Institutions.ContainsKey(request.Institution)))
        {
            var institution = things.Institutions[request.Institution].Value;
            var basis = new DecisionBasis(institution, InstitutionState.Empty, things, now);
            if (BookingRules.Dates(request.PreferredStart, basis, hasOverride: false, institution.ShortNoticeDays) is Refusal.Past or Refusal.LeadTimeShort)
                await grains.GetGrain<IInstitutionQueueGrain>(request.Institution.Text).Offer(request.Id.Value);
        }
    }

    private IEnumerable<SlotHour> Freed()
    {
        while (_freed.TryDequeue(out var slot))
            yield return slot;
    }

    private void Hear(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind != "hold_lapsed")
                continue;
            foreach (var seats in change.Slots)
                _freed.Enqueue(seats.Slot);
        }
    }
}
